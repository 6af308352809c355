"""Who is who: which ids there are, which are the same, and that nobody passes as another (8.1.c2).

A letter of an id is read a second way here: taken apart, as a pattern has it."""

import unicodedata
from contextlib import suppress
from datetime import datetime
from itertools import product
from time import perf_counter

import pandas as pd
import pytest

from phananh.errors import InputError, InputTypeError
from phananh.regulation import acts as a
from phananh.regulation.cleaning import (
    ID_CHARACTERS,
    LONG_ID,
    LONG_TEXT,
    MARKS_IN_A_ROW,
    SHORT_LINE,
    clean_id,
    clean_instant,
    clean_text,
    fold_id,
    is_blank,
    is_same_id,
    language,
    list_foldings,
)
from phananh.regulation.request import (
    Accused,
    Assignee,
    Erased,
    ErasedPerson,
    Person,
    Role,
    Sender,
)
from phananh.testing.invariants import fold_spelling
from tests.regulation import cast

BASES, TONES = "aăâeêioôơuưy", ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"]
LETTERS = {unicodedata.normalize("NFC", base + tone) for base, tone in product(BASES, TONES)}
VIETNAMESE = {letter for letter in LETTERS if not letter.isascii()} | {"đ"}


def is_id(text: str) -> bool:
    """Return whether the library takes an id."""
    try:
        clean_id(text, field="id")
    except InputError:
        return False
    return True


@pytest.mark.parametrize("around", ["CB-1{}", "C{}-1"])
def test_no_character_passes_as_another_person(around):
    """Of all characters of Unicode, an id takes those alone that show, and differ when they do.

    Those that are unassigned or private are left out. Whatever is taken is the accused, or
    somebody whose name looks otherwise.
    """
    accused, taken = clean_id("CB-1", field="id"), set()
    for n in (*range(0x34000), *range(0xE0000, 0xE0200)):
        given = around.format(chr(n))
        if is_id(given):
            taken.add(chr(n))
            if is_same_id(given, accused):
                assert given.upper() == "CB-1"
    assert taken == (ID_CHARACTERS if around == "C{}-1" else ID_CHARACTERS - {" "})


MARKS = sorted(map(chr, [*range(0x300, 0x370), 0x1DC4, 0x20D0, 0x3099, 0xFE20, 0x200D, 0xFE0F]))


def test_who_looks_like_another_is_refused():
    """Look-alikes, compatibility forms, odd blanks, hyphens and digits are refused at each door."""
    for other in [
        "CB-1\ufe0f",
        "CB\u200d-1",
        "CB\u034f-1",
        "CB-1\u2800",
        "CB-\uff11",
        "CB\u20111",
        "CB\u00a01",
        "\u216dB-1",
        "\u212a",
        "\u1e9e",
        "\u0131",
        "\u017f",
        "\u0251n",
        "\u00d0",
        "\u0110\u0335",
        "CB\u00ad-1",
        "CB-1\U000e0041",
        "CB-\u0661",
        "CB\u2010-1",
        "C\u04121",
        "\ufb01",
        "CB-\u00b9",
        "\u1d00",
        "CB  1",
        " CB-1",
        "CB-1 ",
        "CB\t1",
        "\u037e",
        "\u1fef",
        "e\u0309\u0302",
        "d\u0335",
        "\u01b6",
        "\u00c5",
        "\u00fc",
        "CB-1\u0301",
        "\u0340",
        "a\u0341",
    ]:
        for kind, given in (
            (Person, {"id": other, "role": "officer"}),
            (Person, {"id": "x", "role": "officer", "unit": other}),
            (Accused, {"id": other, "unit": "u"}),
            (a.NotifyUnit, {"by": cast.LEADERSHIP, "unit": other}),
        ):
            with pytest.raises(InputError, match=r"\w \w") as caught:
                kind(**given)
            assert caught.value.code in ("id_character", "id_spaces")


def test_an_id_takes_what_is_written_in_ascii_and_vietnamese():
    """95 characters of ASCII and 134 letters, the smalls and capitals, each composed or not."""
    assert len(ID_CHARACTERS) == 95 + 134
    for letter in ID_CHARACTERS - {" "}:
        assert clean_id(unicodedata.normalize("NFD", letter), field="id") == letter


def test_a_refused_id_is_told_by_its_code_point():
    """The message names the field, the character and its place, and what to use; not the id."""
    with pytest.raises(InputError, match=r"\w \w") as caught:
        Person(id="0912 345\u00a0678", role="citizen")
    error = caught.value
    assert error.text() == (
        "id: character 9 is U+00A0 NO-BREAK SPACE, which is not allowed in an id; "
        "use printable ASCII, Vietnamese letters and single spaces"
    )
    assert "0912" not in repr(error) + str(error.as_dict()) + error.text("vi")


def test_a_long_id_is_counted_composed():
    """An id has at most 100 characters, however many code points it came in."""
    assert len(clean_id(unicodedata.normalize("NFD", "ộ" * 100), field="id")) == 100
    for long in ("ộ" * 101, "x" * 1_000_000):
        with pytest.raises(InputError, match=r"characters, at most 100; give the short id"):
            clean_id(long, field="id")


def test_a_timestamp_of_pandas_is_a_plain_instant():
    """What is a datetime of another library is kept as a plain one, and NaT is no time."""
    stamp = pd.Timestamp("2026-03-04T09:00:00.000001+07:00")
    assert type(clean_instant(stamp, field="at")) is datetime
    assert clean_instant(stamp, field="at") == stamp
    with pytest.raises(InputTypeError, match=r"^at: NaT is not a datetime"):
        clean_instant(pd.NaT, field="at")


@pytest.mark.parametrize("limit", [20_000, 2_000, 300])
def test_marks_without_end_take_no_time(limit):
    """Marks that Unicode sorts in quadratic time are refused at once, by place and limit."""
    for count in (limit // 4, limit // 2, limit, 2 * limit, 500_000):
        for marks in ("\u0301\u0323" * count, "\u0301" * count + "\u0323" * count):
            begun = perf_counter()
            with suppress(InputError):
                clean_text("a" + marks, field="content", limit=limit)
            assert perf_counter() - begun < 10
    with pytest.raises(InputError, match="more than 30 combining marks in a row, at character 31"):
        clean_text("\u0301" * 31 + "e\u0301" * 600, field="content")
    with pytest.raises(InputError, match="more than 30 combining marks in a row, at character 32"):
        clean_text("a" + "\u0301\u0323" * 5_000, field="content")
    few, whole = "a" + "\u0301" * 31 + "a" * 968, "x" + "\u0301" * 40 + "x" * 1_000
    assert clean_text(few, field="content")  # a short one takes little time to sort
    assert clean_text(whole, field="content") == whole  # and this one is in order
    with pytest.raises(InputError, match="more than 30 combining marks"):
        clean_text(f"{few}a", field="content")
    word = "ộ" + "\u0301" * (MARKS_IN_A_ROW - 2)
    assert clean_text(word * 500, field="content") == word * 500
    assert (
        clean_text(unicodedata.normalize("NFD", "\u1f82" * 9), field="content", limit=9)
        == "\u1f82" * 9
    )


def test_two_spellings_of_a_syllable_are_one_id():
    """Of oa, oe, uy, and of i or y alone, both spellings are one id, composed or not."""
    for pair in [
        "Hòa Hoà",
        "hóa hoá",
        "TỎA TOẢ",
        "xõa xoã",
        "họa hoạ",
        "hòe hoè",
        "Khỏe khoẻ",
        "lóe loé",
        "Thúy THUÝ",
        "thùy thuỳ",
        "thủy thuỷ",
        "lũy luỹ",
        "lụy luỵ",
        "quý qúy",
        "lý lí",
        "mỹ mĩ",
        "quý quí",
        "qúi quý",
        "KỸ kĩ",
        "hy hi",
        "tỷ tỉ",
        "sỹ Sĩ",
        "vỹ vĩ",
    ]:
        old, new = pair.split()
        for form in ("NFC", "NFD"):
            one, other = f"Sở {old} Bình", unicodedata.normalize(form, f"SỞ {new} bình")
            assert is_same_id(one, other)
            assert (fold_id(fold_id(one)), fold_spelling(one)) == (
                fold_id(other),
                fold_spelling(other),
            )


def test_rows_of_earlier_versions_are_found_by_the_forms_they_have():
    """They were folded with i and y kept apart, and an id of ASCII has one form."""
    assert (list_foldings("CB-LY"), list_foldings("Đội 1")) == (("cb-ly",), ("đội 1",))
    assert list_foldings("Sở Lý Hòa") == ("sở lý hoà", "sở lí hoà")
    assert list_foldings("sở Lí Hoà") == ("sở lý hoà", "sở lí hoà")


@pytest.mark.parametrize(
    "pair",
    [
        *("Hòa Hóa", "hoà hoa", "của cuả", "mía miá", "thủy thúy", "ồa oầ", "lý lì", "máy mái"),
        *("túi túy", "đi đy", "Ý-1 Í-1", "CB-LY CB-LI"),
    ],
)
def test_other_words_are_other_ids(pair):
    """Another tone, a rhyme that has one spelling only, or a code of ASCII is another id."""
    one, other = pair.split()
    assert not is_same_id(one, other)
    assert fold_spelling(one) != fold_spelling(other)


PHRASE = "Phản ánh thủ tục hành chính"
WIDE = "".join(chr(0xFF10 + int(digit)) for digit in "021831022")
NFD = unicodedata.normalize("NFD", PHRASE)
UNSEEN = [" ", "\n\t", "\u00a0", "\u200b", "\u2060\ufeff", "\u3164", "\u2800", "\x07", "\u202e", ""]
TEXTS = {
    "content": lambda text: a.Complete(by=cast.OPERATOR, content=text),
    "guidance": lambda text: a.Reject(by=cast.OPERATOR, reasons=[], guidance=text),
    "text": lambda text: a.Answer(by=cast.OFFICER, text=text),
    "reason": lambda text: a.Reschedule(by=cast.FOCAL, to=cast.MONDAY, reason=text),
    "documents": lambda text: a.Answer(by=cast.OFFICER, text="x", documents=[text]),
    "name": lambda text: Sender(name=text),
    "address": lambda text: Sender(address=text),
    "email": lambda text: Sender(email=text),
}


def test_broken_characters_are_refused():
    """A NUL and half a surrogate pair are refused at the door, and the field is named."""
    for field in TEXTS:
        for broken in ["a\0b", "\ud800", "a\udfff"]:
            with pytest.raises(InputError, match=r"\w \w") as caught:
                TEXTS[field](broken)
            assert caught.value.field == field
            str(caught.value).encode()


def test_other_types_are_refused():
    """What is no text is a type error and an input error, and says which field."""
    for field in TEXTS:
        for odd in [3, b"bytes", ["list"], True]:
            with pytest.raises(InputTypeError, match=r"\w \w") as caught:
                TEXTS[field](odd)
            assert isinstance(caught.value, TypeError)
            assert (caught.value.field, caught.value.code) == (field, "not_a_text")
    with pytest.raises(InputTypeError, match=r"\w \w") as caught:
        Accused(id=5, unit="U-1")
    assert (caught.value.field, caught.value.code) == ("id", "not_an_id")
    assert Sender(name="Xuân X").name == "Xuân X"


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("x" * LONG_TEXT, True),
        ("x" * (LONG_TEXT + 1), False),
        ("é" * LONG_TEXT, True),
        (unicodedata.normalize("NFD", "é" * LONG_TEXT), True),
        ("\U0001d160" * LONG_TEXT, False),
        ("x" * 1_000_000, False),
    ],
    ids=["limit", "one more", "accents", "decomposed", "longer in NFC", "a million"],
)
def test_length_is_counted_after_nfc(text, fits):
    """The limit holds after NFC; the message gives length and limit, never the text."""
    if fits:
        assert len(clean_text(text, field="content")) == LONG_TEXT
        return
    with pytest.raises(InputError, match="at most 20000") as caught:
        clean_text(text, field="content")
    assert (caught.value.code, len(str(caught.value)) < 200) == ("text_too_long", True)
    for limit, code in ((2_000, "text_too_long"), (300, "too_long")):
        with pytest.raises(InputError, match=r"\w \w") as caught:
            clean_text("x" * (limit + 1), field="content", limit=limit)
        assert caught.value.code == code


def test_what_is_far_too_long_is_refused_unread():
    """A text or an id of more than four times its limit has no character looked at."""
    for clean, limit, odd, codes in (
        (clean_text, LONG_TEXT, "\0", ("nul_character", "text_too_long")),
        (clean_id, LONG_ID, "\0", ("id_character", "id_too_long")),
    ):
        for more, code in enumerate(codes):
            with pytest.raises(InputError, match=r"\w \w") as caught:
                clean(odd * (4 * limit + more), field="content")
            assert caught.value.code == code


def test_what_shows_nothing_is_blank():
    """Text that shows nothing is a refusal where an act must say something."""
    for unseen in UNSEEN:
        assert is_blank(unseen)
        case = cast.at_officer()
        assert cast.refuse_citing(case, a.Answer(by=cast.OFFICER, text=unseen)) == [
            ("blank", "8.1.b")
        ]
        assert not is_blank(unseen + "X" + unseen)


@pytest.mark.parametrize(
    "odd",
    [
        "đảo \u202e ngược",
        "\U0001f469\u200d\U0001f467 \U0002070e",
        "<script>alert(1)</script>",
        "=SUM(A1)",
        "a\x0bb\x85c\u2028d",
    ],
    ids=ascii,
)
def test_odd_text_is_kept(odd):
    """Whatever else was written is kept as it was written."""
    assert cast.received_case(content=odd).content == odd


IDS = {
    "Person.id": lambda x: Person(id=x, role="officer"),
    "Person.unit": lambda x: Person(id="x", role="officer", unit=x),
    "Accused.id": lambda x: Accused(id=x, unit="u"),
    "Accused.unit": lambda x: Accused(unit=x),
    "Assignee.id": lambda x: Assignee(id=x),
    "agency": lambda x: a.RequestVerification(by=cast.OFFICER, agency=x, appointment=cast.MONDAY),
    "unit": lambda x: a.NotifyUnit(by=cast.LEADERSHIP, unit=x),
    "Assignee.unit": lambda x: Assignee(id="x", unit=x),
    "Sender.id": lambda x: Sender(id=x),
    "focal": lambda x: a.RequestVerification(
        by=cast.OFFICER, agency="u", appointment=cast.MONDAY, focal=x
    ),
    "about_unit": lambda x: a.Receive(
        by=cast.OPERATOR, kind="conduct", channel="phone", content="x", about_unit=x
    ),
    "completed": lambda x: a.Complete(by=cast.OPERATOR, about_unit=x),
}


def test_bad_ids_are_refused():
    """Blank, invisible, over-long ids and those of other letters are refused, and not shown."""
    for door in IDS:
        for bad in [
            "",
            " ",
            " CB-01",
            "CB-01 ",
            "CB\u200b-01",
            "CB\n01",
            "\x00",
            "\u0421" + "B-01",
            "x" * 101,
            "x" * 10_000,
            "\ud800",
            7,
            True,
        ]:
            with pytest.raises(InputError, match=r"\w \w") as caught:
                IDS[door](bad)
            assert len(str(caught.value)) < 200
            str(caught.value).encode()


@pytest.mark.parametrize("good", ["CB-01", "cán bộ 7", "đơn-vị.2", "0218", "UBND/xã", "b\u01b0u"])
def test_good_ids_are_kept(good):
    """An id of ASCII and Vietnamese letters is kept as it is, in NFC."""
    assert clean_id(unicodedata.normalize("NFD", good), field="id") == good


def test_ids_compare_folded():
    """Ids compare after NFC and case folding; nothing is the same as nothing."""
    assert is_same_id("Nguyễn-01", unicodedata.normalize("NFD", "NGUYỄN-01"))
    assert is_same_id("straße", "STRASSE")
    assert is_same_id("\u00d0ĐK", "đ\u00f0k")  # the Icelandic letter of old encodings
    assert not is_same_id("CB-01", "CB-02")
    assert not is_same_id(None, None)
    assert fold_id(fold_id("ǅ-1")) == fold_id("ǅ-1")


@pytest.mark.parametrize("role", ["Operator", "nobody", "", None, 3, ["operator"]])
def test_an_unknown_role_lists_the_nine(role):
    """An unknown role is refused with the nine that there are."""
    with pytest.raises(InputError, match="citizen, operator, officer, provider, leadership"):
        Person(id="x", role=role)


def test_no_header_is_smuggled_in():
    """A line break in the sender's data is refused: it would make a mail header."""
    for field in ["name", "address", "phone", "email"]:
        for end in ["\r\n", "\n", "\r"]:
            with pytest.raises(InputError, match="line break"):
                Sender(**{field: f"a@b.vn{end}Bcc: c@d.vn"})
            with pytest.raises(InputError, match=r"\w \w"):
                Sender(**{field: "x" * (SHORT_LINE + 1)})


def test_a_language_is_a_tag():
    """A language of two or three letters, a script and a region are kept in small letters."""
    for tag in ("vi", "VI", "en-GB", "zh-Hant-TW", "es-419", "zh-hant", "yue"):
        assert language(tag) == tag.lower()


def test_what_is_no_tag_is_no_language():
    """A name or a phone number in place of a language is refused, and not repeated."""
    for odd in [
        "nguyen-van-a-0912345678",
        "vi-0912",
        "vi-0912345678",
        "v",
        "viet",
        "nguyen",
        "vi-",
        "-vi",
        "vi--vn",
        "vi_VN",
        "vi-a",
        "vi-nguyenvan9",
        "012",
        "vi-khuyen-tran",
        "sl-rozaj",
        "vi-latn-vn-abcd",
        "việ",
    ]:
        with pytest.raises(InputError, match=r"\w \w") as caught:
            language(odd)
        assert caught.value.code in {"not_a_language_tag", "id_character"}
        assert odd not in str(caught.value).replace('such as "vi"', "")


NAME = "Bùi Thị Kín"
SAID = f"{NAME}, 0912345678, kin@vidu.vn"


def test_no_refusal_of_a_field_tells_what_it_was_given():
    """Whatever a field gets, the error names the field, and neither person, number nor address."""
    wrong = [SAID + "\0", SAID + "\ud800", SAID * 20_000, SAID.encode(), [SAID], {"name": SAID}]
    receive = {"kind": "conduct", "channel": "phone", "content": "x", "by": cast.OPERATOR}
    doors = [
        *((a.Receive, receive, name) for name in (*receive, "sender", "accused", "language")),
        (a.Answer, {"by": cast.OFFICER}, "text"),
        (a.Answer, {"by": cast.OFFICER, "text": "x"}, "documents"),
        (a.Reschedule, {"by": cast.FOCAL, "reason": "x"}, "to"),
        *((Sender, {}, name) for name in ("name", "phone", "email", "id")),
        *((Person, {"id": "x", "role": "officer"}, name) for name in ("id", "role", "unit")),
    ]
    for kind, given, field in doors:
        for value in wrong:
            with suppress(InputError):
                kind(**given | {field: value})
                continue
            with pytest.raises(InputError, match=r"\w \w") as caught:
                kind(**given | {field: value})
            told = f"{caught.value} {caught.value!r} {caught.value.as_dict('vi')}"
            assert not any(part in told for part in (NAME, "0912345678", "kin@vidu"))
            assert caught.value.field.partition("[")[0] == field


@pytest.mark.parametrize("wrong", ["gossip", "Operator", "agency-head"])
def test_what_could_be_a_slug_is_shown(wrong):
    """A slip of the pen in a slug is seen; what can be none is not repeated."""
    with pytest.raises(InputError, match=f"'{wrong}' is unknown; use one of citizen"):
        Person(id="x", role=wrong)
    for other in (NAME, "", "0912", None, 3):
        with pytest.raises(
            InputError, match=r"^role: is not one of the known values; use one of citizen"
        ):
            Person(id="x", role=other)


def test_a_citizen_is_shown_without_their_id():
    """10.2.c: in a log neither the id of a citizen is shown, nor what is left of it."""
    shown = "Person(id=..., role=<Role.CITIZEN: 'citizen'>, unit='U-1')"
    assert repr(Person(id="cd-1", role="citizen", unit="U-1")) == shown
    left = ErasedPerson(id=Erased(length=4, digest="ab"), role=Role.CITIZEN, unit=None)
    assert left.as_dict() == {"role": "citizen", "unit": None}
