"""The tracking code told to the citizen: found however it is typed, and no other (Art. 2.2)."""

import random
from itertools import combinations

import pytest

from phananh.regulation.tracking_code import (
    ALPHABET,
    BITS,
    digest_code,
    make_code,
    make_id,
    mask_code,
    read_code,
)

CHANCE = random.Random(2370)
SAMPLES = [0, 1, 2**BITS - 1, 2**79, *(CHANCE.getrandbits(BITS) for _ in range(40))]


def test_a_code_is_read_back():
    """A code has seventeen letters in four groups, and reads as itself."""
    for bits in SAMPLES:
        code = make_code(bits)
        assert [len(group) for group in code.split("-")] == [4, 4, 4, 5]
        assert {*code} <= {*ALPHABET, "-"}
        assert read_code(code) == code


@pytest.mark.parametrize(
    ("bits", "code"),
    [
        (0, "0000-0000-0000-00000"),
        (2**80 - 1, "ZZZZ-ZZZZ-ZZZZ-ZZZZM"),
        (0x0123_4567_89AB_CDEF_0123, "04HM-ASW9-NF6Y-Y093X"),
    ],
)
def test_a_code_stays_what_it_was(bits, code):
    """Citizens hold codes of earlier versions: the same bits make the same code."""
    assert (make_code(bits), read_code(code)) == (code, code)


def test_every_bit_counts():
    """Eighty bits are in a code: changing any of them changes it."""
    for bits in SAMPLES[:8]:
        assert (
            len({make_code(bits ^ (1 << n)) for n in range(BITS)} | {make_code(bits)}) == BITS + 1
        )
    assert len({make_code(bits) for bits in SAMPLES}) == len(SAMPLES)


def test_every_wrong_letter_is_found():
    """One wrong letter, anywhere, whichever: 17 x 31 of them, and none is a code."""
    for bits in SAMPLES:
        letters = make_code(bits).replace("-", "")
        wrong = [
            letters[:place] + other + letters[place + 1 :]
            for place in range(17)
            for other in ALPHABET
            if other != letters[place]
        ]
        assert (len(wrong), [text for text in wrong if read_code(text) is not None]) == (
            17 * 31,
            [],
        )


def test_every_swap_is_found():
    """Any two letters that changed places, next to each other or not, are found."""
    for bits in SAMPLES:
        letters = make_code(bits).replace("-", "")
        for one, other in combinations(range(17), 2):
            if letters[one] != letters[other]:
                swapped = [*letters]
                swapped[one], swapped[other] = letters[other], letters[one]
                assert read_code("".join(swapped)) is None


@pytest.mark.parametrize("bits", SAMPLES[:10])
def test_however_it_is_typed(bits):
    """Small letters, spaces, no hyphens, O for zero, I and L for one: the same code."""
    code = make_code(bits)
    plain = code.replace("-", "")
    for typed in (code.lower(), plain, plain.lower(), " ".join(plain), f" {code} ", "-" + code):
        assert read_code(typed) == code
    for typed in (code.replace("0", "O"), code.replace("0", "o")):
        assert read_code(typed) == code
    for one in "IiLl":
        assert read_code(code.replace("1", one)) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "HB-2603-ABCDEFGHJK",
        "U" * 17,
        "0" * 16,
        "0" * 18,
        "\uff21" * 17,
        "\0" * 17,
        "ß" * 9,
        "é" * 17,
    ],
    ids=ascii,
)
def test_what_is_no_code(text):
    """What has not seventeen letters of the alphabet, or has a U, is no code and no error."""
    assert read_code(text) is None


def test_the_digest_hides_the_code():
    """The index keeps a digest: one for each code, the same for each spelling once read."""
    codes = [make_code(bits) for bits in SAMPLES]
    assert len({digest_code(code) for code in codes}) == len(codes)
    assert all(
        group not in digest_code(code).upper() for code in codes for group in code.split("-")
    )
    assert digest_code(read_code(codes[5].lower())) == digest_code(codes[5])


def test_an_id_says_its_month():
    """A case id names the month in which it began, and cannot be counted up."""
    assert make_id(0, prefix="HB", year=2026, month=3) == "HB-2603-0000000000"
    ids = {make_id(bits, prefix="HB", year=2026, month=3) for bits in range(1000)}
    assert len(ids) == 1000
    assert all(read_code(name) is None for name in ids)


def test_what_was_typed_is_shown_only_where_it_tells_nobody():
    """An id and a short word are shown whole; of a code, a name or a number two letters at most."""
    code = make_code(SAMPLES[-1])
    case = make_id(SAMPLES[-1], prefix="HB", year=2026, month=3)
    for shown in (case, case.lower(), f" {case} ", "x", "HB-1", "a.b_c/d", "12345"):
        assert mask_code(shown) == shown.strip()
    for hidden in (
        code,
        code.lower(),
        code.replace("-", ""),
        f"{code[:-1]}?",
        "Nguyễn Văn An",
        "Mây ơi ạ?",
    ):
        assert mask_code(hidden) == f"{hidden[:2]}..."
    for hidden in ("123456", "0218383", "Mây ơi ạ"):
        assert mask_code(hidden) == "..."


def test_a_code_that_is_written_as_an_id_is_no_id():
    """With the hyphens of an id a code is a code still, and is not shown."""
    codes = (make_code(CHANCE.getrandbits(BITS)).replace("-", "") for _ in range(100_000))
    code = next(each for each in codes if each[3:7].isdigit())
    typed = f"{code[:3]}-{code[3:7]}-{code[7:]}"
    assert read_code(typed) is not None
    assert mask_code(typed) == f"{typed[:2]}..."
