"""Text, ids and instants from outside: they are cleaned and refused here only.

Text becomes NFC. NUL, lone surrogates and over-long text are refused, and other characters stay
as they are. An id is printable ASCII and Vietnamese letters, composed, with single spaces inside.
Ids compare after case folding, hòa equals hoà, and lý equals lí. Other characters are refused, so
that an accused person cannot pass as another by a letter that looks the same or is invisible.

Rule 1: an error names the field and what is wrong, but not the value, which may be personal.
Rule 2: there is one named function per required field of a value, so that an error names the field
and type checkers see the types. `optional_field` makes the others.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import attrs

from phananh.errors import InputError, InputTypeError
from phananh.worktime.instants import VIETNAM, require_aware

LONG_TEXT = 20_000
SHORT_TEXT = 2_000
SHORT_LINE = 300
LONG_ID = 100
MARKS_IN_A_ROW = 30  # as the stream-safe text format of Unicode: more take NFC seconds to sort
# Letters and marks that are invisible: joiner, Hangul fillers, Braille blank, selectors.
_UNSEEN = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0\ufe0e\ufe0f")
_VIETNAMESE = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
ID_CHARACTERS = frozenset(
    [*map(chr, range(ord(" "), ord("~") + 1)), *_VIETNAMESE, *_VIETNAMESE.upper()]
)
"""What an id may hold: the 95 printable characters of ASCII and the 134 Vietnamese letters."""
# The marks of a decomposed Vietnamese letter: five tones, three letter marks.
_VIETNAMESE_MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b")
# Three rhymes have two accepted places of the tone mark: hòa and hoà, hòe and hoè, thúy and thuý.
_TONED = {"a": "àáảãạ", "o": "òóỏõọ", "e": "èéẻẽẹ", "u": "ùúủũụ", "y": "ỳýỷỹỵ", "i": "ìíỉĩị"}
_OTHER_PLACE = {
    first + vowel: glide + second
    for glide, vowel in ("oa", "oe", "uy")
    for first, second in zip(_TONED[glide], _TONED[vowel], strict=True)
}
_OTHER_PLACE |= {f"q{u}i": f"qu{i}" for u, i in zip(_TONED["u"], _TONED["i"], strict=True)}
_TWO_PLACES = "|".join(_OTHER_PLACE)
# Alone behind these consonants i and y are one sound, written in two ways: lý and lí, quý and quí.
_I_OR_Y = "(?<![^\\W\\d_])(?:qu|[hklmstv])[iìíỉĩịyỳýỷỹỵ](?![^\\W\\d_])"
_AS_Y = str.maketrans("i" + _TONED["i"], "y" + _TONED["y"])
_AS_I = str.maketrans("y" + _TONED["y"], "i" + _TONED["i"])
_HALF_SURROGATE = "[\ud800-\udfff]"
START_OF_TIME = datetime(1900, 1, 1, tzinfo=UTC)
END_OF_TIME = datetime(2200, 1, 1, tzinfo=UTC)


def _require_text(value: object, *, field: str, code: str) -> str:
    """Return a plain str, for a subclass such as an enum's member too."""
    if not isinstance(value, str):
        raise InputTypeError(field=field, code=code, value=type(value).__name__)
    return str(value)


def clean_text(value: object, *, field: str, limit: int = LONG_TEXT) -> str:
    """Return `value` in NFC, of at most `limit` characters.

    Raises:
        InputError: the text is too long, or has a NUL, half a surrogate pair or too many marks.
        InputTypeError: it is not a string.
    """
    value = _require_text(value, field=field, code="not_a_text")
    if value.isascii() and len(value) <= limit and "\0" not in value:
        return value
    # Four times the limit is refused unread: NFC of a huge text would cost too much.
    text = value
    if len(value) <= 4 * limit:
        _check_characters(value, field)
        text = unicodedata.normalize("NFC", value)
    if len(text) > limit:
        code = "text_too_long" if limit >= SHORT_TEXT else "too_long"
        raise InputError(field=field, code=code, count=len(text), most=limit)
    return text


def _check_characters(value: str, field: str) -> None:
    if "\0" in value:
        raise InputError(field=field, code="nul_character")
    if half := re.search(_HALF_SURROGATE, value):
        raise InputError(field=field, code="half_surrogate", position=half.end())
    # Text that is in order is recognised fast, and a short one takes little time to sort.
    if len(value) > SHORT_TEXT / 2 and not unicodedata.is_normalized("NFC", value):
        _check_marks(value, field)


def _check_marks(value: str, field: str) -> None:
    """Refuse a run of combining marks that Unicode takes quadratic time to put in order."""
    run = 0
    for position, char in enumerate(value, 1):
        run = run + 1 if unicodedata.combining(char) else 0
        if run > MARKS_IN_A_ROW:
            raise InputError(
                field=field, code="too_many_marks", position=position, most=MARKS_IN_A_ROW
            )


def is_blank(text: str) -> bool:
    """Return whether `text` is invisible: spaces, controls and zero-width marks only."""
    # Most texts show at their first letter, and need no look at the rest.
    return not (text[:1].isalnum() and text[0] not in _UNSEEN) and all(
        char.isspace() or char in _UNSEEN or unicodedata.category(char)[0] == "C" for char in text
    )


@lru_cache(maxsize=4096)
def _clean_id(value: str, field: str) -> str:
    _check_id_characters(value, ID_CHARACTERS | _VIETNAMESE_MARKS, field)
    text = unicodedata.normalize("NFC", value)
    _check_id_characters(text, ID_CHARACTERS, field)
    if len(text) > LONG_ID:
        raise InputError(field=field, code="id_too_long", count=len(text), most=LONG_ID)
    if not text.strip():
        raise InputError(field=field, code="blank_id")
    if text != " ".join(text.split()):
        raise InputError(field=field, code="id_spaces")
    return text


def _check_id_characters(text: str, allowed: frozenset[str], field: str) -> None:
    for position, char in enumerate(text, 1):
        if char not in allowed:
            letter = f"U+{ord(char):04X} {unicodedata.name(char, '')}".rstrip()
            raise InputError(field=field, code="id_character", letter=letter, position=position)


def clean_id(value: object, *, field: str) -> str:
    """Return an id, composed.

    Raises:
        InputError: it is blank or too long, has another character or spaces at the wrong place.
        InputTypeError: it is not a string.
    """
    text = _require_text(value, field=field, code="not_an_id")
    if len(text) > 4 * LONG_ID:  # no letter is made of more than three characters
        raise InputError(field=field, code="id_too_long", count=len(text), most=LONG_ID)
    return _clean_id(text, field)


def fold_marks(text: str) -> str:
    """Return a text in small letters without Vietnamese marks, and single spaces for all else.

    >>> fold_marks("Đăng ký khai sinh, sổ đỏ")
    'dang ky khai sinh so do'
    """
    apart = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return re.sub(r"[\W_]+", " ", re.sub("[\u0300-\u036f]+", "", apart)).strip()


@lru_cache(maxsize=4096)
def fold_id(identifier: str) -> str:
    """Return the form in which ids and units compare: NFC, case folded, in one spelling.

    Hòa and Hoà, Lý and Lí are the same word in two everyday spellings. A spelling must not let an
    accused pass as another person, nor give an agency that was asked before a new limit. An id of
    ASCII is a code or a login, and none of its letters stands for another.
    An older history may hold any letter, and the Icelandic ð of old encodings in place of đ.
    """
    folded = _fold_case(identifier)
    return folded if folded.isascii() else unify_spelling(folded)


@lru_cache(maxsize=4096)
def list_foldings(identifier: str) -> tuple[str, ...]:
    """Return the folded form of an id, then those that rows of earlier versions may have.

    They were folded with i and y kept apart.
    """
    folded, earlier = fold_id(identifier), _move_tones(_fold_case(identifier))
    if folded.isascii():
        return (folded,)
    with_i = re.sub(_I_OR_Y, lambda found: found[0].translate(_AS_I), folded)
    return tuple(dict.fromkeys((folded, with_i, earlier)))


def _fold_case(identifier: str) -> str:
    if identifier.isascii():
        return identifier.casefold()
    folded = unicodedata.normalize("NFC", identifier).casefold().replace("\u00f0", "\u0111")
    return unicodedata.normalize("NFC", folded)


def _move_tones(text: str) -> str:
    return re.sub(_TWO_PLACES, lambda found: _OTHER_PLACE[found[0]], text)


def unify_spelling(text: str) -> str:
    """Return a composed text in small letters, each syllable in one of its spellings.

    The tone of oa, oe, uy stands on the second letter, and i alone behind a consonant is y.
    """
    return re.sub(_I_OR_Y, lambda found: found[0].translate(_AS_Y), _move_tones(text))


def is_same_id(one: object, other: object) -> bool:
    """Return whether two ids or units are the same. None and erased values have no equal."""
    return isinstance(one, str) and isinstance(other, str) and fold_id(one) == fold_id(other)


def clean_instant(value: object, *, field: str) -> datetime:
    """Return an aware datetime as it is.

    Raises:
        InputError: it is naive, or not in the years 1900 to 2199.
        InputTypeError: it is not a datetime.
    """
    if not isinstance(value, datetime):
        raise InputTypeError(field=field, code="not_a_datetime", value=type(value).__name__)
    instant = require_aware(value, field)
    if not 1900 < instant.year < 2199 and not START_OF_TIME <= instant < END_OF_TIME:
        raise InputError(field=field, code="instant_out_of_range", value=instant.isoformat())
    return instant


def to_vietnam_time(instant: datetime) -> datetime:
    """Return an instant by the clock in Vietnam, as messages show it."""
    return instant if instant.tzinfo is VIETNAM else instant.astimezone(VIETNAM)


# A language, a script of four letters, and a region. A variant could be a name.
_LANGUAGE = "[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"


def clean_line(value: object, *, field: str) -> str:
    """Return one line of text, cleaned and of at most `SHORT_LINE` characters."""
    text = clean_text(value, field=field, limit=SHORT_LINE)
    if any(c in text for c in "\r\n"):
        raise InputError(field=field, code="line_break")
    return text


def optional_field(name: str, clean: Callable[..., str], **options: Any) -> Any:
    """Return a field for a text that may be left out. Errors of `clean` have this name."""

    def clean_given(value: str | None) -> str | None:
        return None if value is None else clean(value, field=name)

    return attrs.field(default=None, converter=clean_given, **options)


def person_id(value: str) -> str:
    """Clean `id`."""
    return clean_id(value, field="id")


def unit(value: str) -> str:
    """Clean `unit`."""
    return clean_id(value, field="unit")


def agency(value: str) -> str:
    """Clean `agency`."""
    return clean_id(value, field="agency")


def name(value: str) -> str:
    """Clean `name`."""
    return clean_line(value, field="name")


def content(value: str) -> str:
    """Clean `content`."""
    return clean_text(value, field="content")


def guidance(value: str) -> str:
    """Clean `guidance`."""
    return clean_text(value, field="guidance")


def text(value: str) -> str:
    """Clean `text`."""
    return clean_text(value, field="text")


def reason(value: str) -> str:
    """Clean `reason`."""
    return clean_text(value, field="reason", limit=SHORT_TEXT)


def at(value: datetime | None) -> datetime | None:
    """Clean `at`, which may be left out."""
    return None if value is None else clean_instant(value, field="at")


def appointment(value: datetime) -> datetime:
    """Clean `appointment`."""
    return clean_instant(value, field="appointment")


def to(value: datetime) -> datetime:
    """Clean `to`."""
    return clean_instant(value, field="to")


def language(value: str) -> str:
    """Clean `language`, a tag such as vi or zh-Hant. A name or a phone number is refused.

    A tag in an older history is read as it is.
    """
    text = clean_id(value, field="language")
    if not re.fullmatch(_LANGUAGE, text):
        raise InputError(field="language", code="not_a_language_tag")
    return text.lower()
