"""Who is who: which ids there are, which are the same, and that nobody passes as another (8.1.c2).

A letter of an id is read a second way here: taken apart, as a pattern has it.
"""

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
    MARKS_IN_A_ROW,
    clean_id,
    clean_instant,
    clean_text,
    fold_id,
    is_same_id,
)
from phananh.regulation.request import Accused, Person
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
