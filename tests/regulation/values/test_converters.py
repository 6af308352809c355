"""What comes in at the door: text, ids and instants, cleaned or refused at once (Art. 6, 7)."""

import unicodedata

import pytest

from phananh.errors import InputError, InputTypeError
from phananh.regulation import acts as a
from phananh.regulation.cleaning import (
    LONG_TEXT,
    SHORT_LINE,
    clean_id,
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
