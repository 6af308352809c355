"""Who is who: which ids there are, which are the same, and that nobody passes as another (8.1.c2).

A letter of an id is read a second way here: taken apart, as a pattern has it."""

import pickle
import traceback
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial
from itertools import product
from time import perf_counter
from typing import Any

import attrs
import pandas as pd
import pytest

from phananh import Sender
from phananh.errors import InputError, InputTypeError, PhanAnhError
from phananh.regulation import acts as a
from phananh.regulation.cleaning import (
    ID_CHARACTERS,
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
)
from phananh.regulation.intake import is_email, parse_phone
from phananh.regulation.request import Accused, Assignee, Person, Sender
from tests.oracle.acts import values as oracle
from tests.regulation import cast

BASES, TONES = "aăâeêioôơuưy", ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"]
LETTERS = {unicodedata.normalize("NFC", base + tone) for base, tone in product(BASES, TONES)}
VIETNAMESE = {letter for letter in LETTERS if not letter.isascii()} | {"đ"}
PRINTABLE = {chr(n) for n in range(0x20, 0x7F)}


def is_id(text: str) -> bool:
    """Return whether the library takes an id."""
    try:
        clean_id(text, field="id")
    except InputError:
        return False
    return True


def is_id_of_oracle(text: str) -> bool:
    """Return whether the second reading of the acts takes an id."""
    try:
        oracle.read_id(text)
    except oracle.InvalidLineError:
        return False
    return True


def test_the_alphabet_is_written_down():
    """There are 95 characters of ASCII and 134 Vietnamese letters, the smalls and capitals."""
    assert len(VIETNAMESE) == 67
    capitals = {letter.upper() for letter in VIETNAMESE}
    assert PRINTABLE | VIETNAMESE | capitals == ID_CHARACTERS
    assert len(ID_CHARACTERS) == 95 + 134


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
    expected = ID_CHARACTERS if around == "C{}-1" else ID_CHARACTERS - {" "}
    assert taken == expected


def test_what_an_id_takes_is_another_for_each_letter():
    """Two characters of an id are the same person only as capital and small of one letter."""
    folded: dict[str, set[str]] = {}
    for char in ID_CHARACTERS:
        folded.setdefault(fold_id(char), set()).add(char)
    pairs = [same for same in folded.values() if len(same) > 1]
    assert all({c.upper() for c in same} == {max(map(str.upper, same))} for same in pairs)
    assert len(pairs) == 26 + 67
    assert all(len(same) == 2 for same in pairs)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_a_letter_may_come_in_parts(form):
    """Every Vietnamese letter is kept composed, in whatever form it was typed."""
    for letter in VIETNAMESE | {letter.upper() for letter in VIETNAMESE}:
        assert clean_id(unicodedata.normalize(form, f"CB-{letter}"), field="id") == f"CB-{letter}"
    half = {"ê\u0323": "ệ", "ơ\u0323": "ợ", "o\u0323\u031b": "ợ", "â\u0301": "ấ"}
    assert {part: clean_id(part, field="id") for part in half} == half


MARKS = sorted(map(chr, [*range(0x300, 0x370), 0x1DC4, 0x20D0, 0x3099, 0xFE20, 0x200D, 0xFE0F]))


def test_no_mark_makes_another_letter():
    """A mark on a letter is part of a Vietnamese letter, or is refused; two readings agree."""
    for base, first in product(sorted(ID_CHARACTERS), MARKS):
        text = f"C{base}{first}1"
        assert is_id(text) == is_id_of_oracle(text), ascii(text)
    for base, first, second in product("aăoơuydq1 ", MARKS[:50], MARKS[:50]):
        text = f"C{base}{first}{second}1"
        assert is_id(text) == is_id_of_oracle(text), ascii(text)
        if is_id(text):
            assert set(clean_id(text, field="id")) <= ID_CHARACTERS


@pytest.mark.parametrize(
    "other",
    [
        "CB-1\ufe0f", "CB\u200d-1", "CB\u034f-1", "CB-1\u2800", "CB-\uff11", "CB\u20111",
        "CB\u00a01", "\u216dB-1", "\u212a", "\u1e9e", "\u0131", "\u017f", "\u0251n", "\u00d0",
        "\u0110\u0335", "CB\u00ad-1", "CB-1\U000e0041", "CB-\u0661", "CB\u2010-1", "C\u04121",
        "\ufb01", "CB-\u00b9", "\u1d00", "CB  1", " CB-1", "CB-1 ", "CB\t1", "\u037e", "\u1fef",
        "e\u0309\u0302", "d\u0335", "\u01b6", "\u00c5", "\u00fc", "CB-1\u0301", "\u0340", "a\u0341",
    ],
    ids=ascii,
)  # fmt: skip
def test_who_looks_like_another_is_refused(other):
    """Look-alikes, compatibility forms, odd blanks, hyphens and digits are refused at each door."""
    for door in (
        lambda: Person(id=other, role="officer"),
        lambda: Person(id="x", role="officer", unit=other),
        lambda: Accused(id=other, unit="u"),
        lambda: a.NotifyUnit(by=cast.LEADERSHIP, unit=other),
    ):
        with pytest.raises(InputError) as caught:
            door()
        assert caught.value.code in ("id_character", "id_spaces")
    assert not is_id_of_oracle(other)


def test_a_refused_id_is_told_by_its_code_point():
    """The message names the field, the character and its place, and what to use; not the id."""
    with pytest.raises(InputError) as caught:
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
    with pytest.raises(InputTypeError, match="at: NaT is not a datetime"):
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
    with pytest.raises(InputError, match="more than 30 combining marks in a row, at character 32"):
        clean_text("a" + "\u0301\u0323" * 5_000, field="content")
    word = "ộ" + "\u0301" * (MARKS_IN_A_ROW - 2)
    assert clean_text(word * 500, field="content") == word * 500


@pytest.mark.parametrize(
    "pair",
    [
        "Hòa Hoà", "hóa hoá", "TỎA TOẢ", "xõa xoã", "họa hoạ", "hòe hoè", "Khỏe khoẻ", "lóe loé",
        "Thúy THUÝ", "thùy thuỳ", "thủy thuỷ", "lũy luỹ", "lụy luỵ", "quý qúy",
    ],
)  # fmt: skip
def test_the_tone_mark_may_stand_in_either_place(pair):
    """Of oa, oe and uy both spellings are one id, composed or not; other words stay apart."""
    old, new = pair.split()
    for form in ("NFC", "NFD"):
        one, other = f"Sở {old} Bình", unicodedata.normalize(form, f"SỞ {new} bình")
        assert is_same_id(one, other)
        assert oracle.is_same(one, other)
        assert fold_id(fold_id(one)) == fold_id(other)


@pytest.mark.parametrize("pair", ["Hòa Hóa", "hoà hoa", "của cuả", "mía miá", "thủy thúy", "ồa oầ"])
def test_other_words_are_other_ids(pair):
    """Another tone, or a rhyme that has one spelling only, is another id."""
    one, other = pair.split()
    assert not is_same_id(one, other)
    assert not oracle.is_same(one, other)


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


@pytest.mark.parametrize("field", TEXTS)
@pytest.mark.parametrize("broken", ["a\0b", "\ud800", "a\udfff"], ids=ascii)
def test_broken_characters_are_refused(field, broken):
    """A NUL and half a surrogate pair are refused at the door, and the field is named."""
    with pytest.raises(InputError) as caught:
        TEXTS[field](broken)
    assert caught.value.field == field
    str(caught.value).encode()


@pytest.mark.parametrize("field", TEXTS)
@pytest.mark.parametrize("odd", [3, b"bytes", ["list"], True])
def test_other_types_are_refused(field, odd):
    """What is no text is a type error and an input error, and says which field."""
    with pytest.raises(InputTypeError) as caught:
        TEXTS[field](odd)
    assert isinstance(caught.value, TypeError)
    assert caught.value.field == field


def test_text_is_kept_in_nfc():
    """The 33 code points of a decomposed phrase are kept as 27, equal and of one hash."""
    assert (len(NFD), len(PHRASE)) == (33, 27)
    one, other = (a.Answer(by=cast.OFFICER, text=text) for text in (PHRASE, NFD))
    assert one.text == other.text == PHRASE
    assert (one, hash(one)) == (other, hash(other))


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
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_what_shows_nothing_is_blank(unseen):
    """Text that shows nothing is a refusal where an act must say something."""
    assert is_blank(unseen)
    case = cast.at_officer()
    assert cast.refuse_citing(case, a.Answer(by=cast.OFFICER, text=unseen)) == [("blank", "8.1.b")]
    assert not is_blank(unseen + "x" + unseen)


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_blank_content_is_received(unseen):
    """A blank request is received, listed as unclear, and can be completed, not blanked."""
    case = cast.received_case(content=unseen)
    assert cast.unmet_codes(case) == ["unclear"]
    blank = a.Complete(by=cast.OPERATOR, content=unseen)
    assert cast.refuse(case, blank) == ["blank"]
    case = cast.record(case, a.Complete(by=cast.OPERATOR, content=PHRASE))
    assert cast.unmet_codes(case) == []


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
}


@pytest.mark.parametrize("door", IDS)
@pytest.mark.parametrize(
    "bad",
    ["", " ", " CB-01", "CB-01 ", "CB\u200b-01", "CB\n01", "\x00", "\u0421" + "B-01", "x" * 101,
     "x" * 10_000, "\ud800", 7, True],
    ids=lambda value: ascii(value)[:20],
)  # fmt: skip
def test_bad_ids_are_refused(door, bad):
    """Blank, invisible, over-long ids and those of other letters are refused, and not shown."""
    with pytest.raises(InputError) as caught:
        IDS[door](bad)
    assert len(str(caught.value)) < 200
    str(caught.value).encode()


def test_the_odd_letter_is_named():
    """A Cyrillic A is named by its code point."""
    with pytest.raises(InputError, match=r"U\+0410 CYRILLIC CAPITAL LETTER A"):
        clean_id("C\u0410-01", field="id")


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


@pytest.mark.parametrize("phone", ["02183.1022", "+84 218 31022", "(0218) 31-022", WIDE])
def test_one_number_many_spellings(phone):
    """A number is the same however it is grouped; what was given is kept."""
    assert parse_phone(phone) == "021831022"
    assert Sender(phone=phone).phone == phone


@pytest.mark.parametrize("phone", ["12", "0" * 40, "gọi tôi", "٠٢١٨٣١٠٢٢٢", "", None, "0218 ext 5"])
def test_no_number(phone):
    """What is no phone number counts as none, and the case is not lost."""
    assert parse_phone(phone) is None
    case = cast.received_case(sender=Sender(name="Mây", phone=phone))
    assert cast.unmet_codes(case) == ["no_contact"]


@pytest.mark.parametrize(
    ("mail", "usable"),
    [
        ("may@vidu.vn", True),
        ("mây@ví-dụ.vn", True),
        ("a@b@c.vn", False),
        ("a@b", False),
        ("@b.vn", False),
        ("a b@c.vn", False),
        ("a@b..vn", False),
        (None, False),
    ],
)
def test_addresses(mail, usable):
    """An address has one @ and a dotted domain, in any letters."""
    assert is_email(mail) is usable


@pytest.mark.parametrize("field", ["name", "address", "phone", "email"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"], ids=ascii)
def test_no_header_is_smuggled_in(field, end):
    """A line break in the sender's data is refused: it would make a mail header."""
    with pytest.raises(InputError, match="line break"):
        Sender(**{field: f"a@b.vn{end}Bcc: c@d.vn"})
    with pytest.raises(InputError):
        Sender(**{field: "x" * (SHORT_LINE + 1)})


def test_no_contact_at_all():
    """A sender who gives nothing is received, lacks both, and shows in no repr."""
    case = cast.received_case(sender=Sender())
    assert cast.unmet_codes(case) == ["no_name", "no_contact"]
    assert "Mây" not in repr(cast.received_case()) + repr(cast.SENDER)
    assert "None" not in repr(Sender())


@pytest.mark.parametrize("tag", ["vi", "VI", "en-GB", "zh-Hant-TW", "es-419", "sl-rozaj-1994a"])
def test_a_language_is_a_tag(tag):
    """A language of two or three letters with its subtags is kept in small letters."""
    assert language(tag) == tag.lower() == oracle.read_language(tag).lower()


@pytest.mark.parametrize(
    "odd",
    [
        "nguyen-van-a-0912345678", "vi-0912", "vi-0912345678", "v", "viet", "nguyen", "vi-", "-vi",
        "vi--vn", "vi_VN", "vi-a", "vi-nguyenvan9", "012", "vi" + "-abcdefgh" * 4, "việ",
    ],
)  # fmt: skip
def test_what_is_no_tag_is_no_language(odd):
    """A name or a phone number in place of a language is refused, and not repeated."""
    with pytest.raises(InputError) as caught:
        language(odd)
    assert caught.value.code in {"not_a_language_tag", "id_character"}
    assert odd not in str(caught.value).replace('such as "vi"', "")
    with pytest.raises(oracle.InvalidLineError):
        oracle.read_language(odd)


NAME, NUMBER = "Bùi Thị Kín", 912345678
SAID = f"{NAME}, 0{NUMBER}, kin@vidu.vn"


class Speaker:
    """A value whose every form says who."""

    def __repr__(self) -> str:
        """Return who."""
        return SAID

    __str__ = __repr__


@attrs.frozen
class OddSender(Sender):
    """A sender of another class, which shows itself."""

    def __repr__(self) -> str:
        """Return who."""
        return SAID


WRONG: dict[str, Any] = {
    "text": SAID,
    "cut text": SAID + "\0",
    "half": SAID + "\ud800",
    "lines": SAID + "\r\nBcc: x",
    "odd": "\u200b" + SAID,
    "marks": SAID + "\u0301\u0323" * 3_000,
    "long": SAID * 2_000,
    "endless": SAID * 20_000,
    "bytes": SAID.encode(),
    "list": [SAID],
    "lists": [[SAID], {SAID: SAID}],
    "many": [SAID] * 1_000,
    "dict": {"name": SAID, "phone": NUMBER},
    "set": {SAID},
    "tuple": (SAID, NUMBER),
    "number": NUMBER,
    "fraction": NUMBER + 0.5,
    "speaker": Speaker(),
    "speakers": [Speaker()],
    "sender": Sender(name=SAID),
    "odd sender": OddSender(name=SAID),
    "citizen": Person(id="kin@vidu.vn", role="citizen"),
}
GIVEN: dict[str, Any] = {
    "kind": "conduct", "channel": "phone", "content": "x", "reasons": ["unclear"], "guidance": "x",
    "text": "x", "agency": "u", "appointment": cast.MONDAY, "reason": "x", "unit": "u", "score": 5,
    "within_competence": True,
}  # fmt: skip
PERSON = Person(id="CB-1", role="officer", unit="u")
TO: dict[str, Any] = {
    "escalate": PERSON, "reassign": Assignee(id="CB-2"), "reschedule": cast.MONDAY,
}  # fmt: skip
TRIGGERS = [trigger for trigger in a.ACTS if trigger not in a.SYSTEM_TRIGGERS]


def give(trigger: str) -> dict[str, Any]:
    """Return fields of which an act can be made."""
    needed = [f.name for f in attrs.fields(a.ACTS[trigger]) if f.default is attrs.NOTHING]
    extra = {"content": "x"} if trigger == "complete" else {}
    known = GIVEN | {"by": PERSON, "to": TO.get(trigger)}
    return {name: known[name] for name in needed} | extra


def list_doors() -> Iterator[tuple[str, type, dict[str, Any], str]]:
    """Yield each class with what makes one, and each of its fields."""
    for trigger in TRIGGERS:
        for field in attrs.fields(a.ACTS[trigger]):
            yield f"{trigger}.{field.name}", a.ACTS[trigger], give(trigger), field.name
    people: dict[type, dict[str, Any]] = {
        Person: {"id": "x", "role": "officer"}, Accused: {"unit": "u"}, Assignee: {"id": "x"},
        Sender: {},
    }  # fmt: skip
    for kind, needed in people.items():
        for field in attrs.fields(kind):
            yield f"{kind.__name__}.{field.name}", kind, needed, field.name


DOORS = list(list_doors())


def shown(error: BaseException) -> str:
    """Return all that an error, and whatever stands behind it, can show or carry."""
    texts = ["".join(traceback.format_exception(error))]
    behind: BaseException | None = error
    while behind is not None:
        held = [getattr(behind, "doc", ""), getattr(behind, "object", ""), behind.args]
        texts += [str(behind), repr(behind), repr(held), repr(getattr(behind, "__notes__", ""))]
        behind = behind.__cause__ or behind.__context__
    if isinstance(error, PhanAnhError):
        texts += [str(error.as_dict(lang)) + error.text(lang) for lang in ("vi", "en")]
        texts += [repr(error._fields()), pickle.dumps(error).decode("utf-8", "ignore")]
    return "\n".join(texts)


def find_refusal(call: Callable[[], object]) -> PhanAnhError | None:
    """Return the error of ours that a call ends with, if any."""
    try:
        call()
    except PhanAnhError as error:
        return error
    return None


def check_tells_nobody(error: BaseException) -> None:
    """Fail where a name, a number or an address is in what an error shows."""
    text = shown(error)
    for secret in (NAME, ascii(NAME)[1:-1], "Bùi", str(NUMBER), "kin@vidu.vn"):
        assert secret not in text, text
    assert len(text) < 10_000


@pytest.mark.parametrize(("door", "kind", "needed", "field"), DOORS, ids=[d[0] for d in DOORS])
def test_no_field_of_an_act_repeats_what_it_refuses(door, kind, needed, field):
    """Whatever a field is given, what is refused is an InputError that tells nobody."""
    refused = 0
    for value in WRONG.values():
        error = find_refusal(partial(kind, **needed | {field: value}))
        if error is not None:
            refused += 1
            assert isinstance(error, InputError)
            assert error.field.startswith(field), door
            check_tells_nobody(error)
    assert refused > len(WRONG) / 2, door


@pytest.mark.parametrize("wrong", ["gossip", "Operator", "agency-head"])
def test_what_could_be_a_slug_is_shown(wrong):
    """A slip of the pen in a slug is seen; what can be none is not repeated."""
    with pytest.raises(InputError, match=f"'{wrong}' is unknown; use one of citizen"):
        Person(id="x", role=wrong)
    for other in (NAME, "", "0912", None, 3):
        with pytest.raises(
            InputError, match="role: is not one of the known values; use one of citizen"
        ):
            Person(id="x", role=other)
