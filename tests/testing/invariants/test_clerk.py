"""The clerk compares ids as people do, and counts what the code counts on its own."""

import unicodedata

import pytest

from phananh.testing.invariants.clerk import fold_spelling


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa", "hoà"),
        ("NGUYỄN-TOÀ-01", "nguyễn-tòa-01"),
        (unicodedata.normalize("NFD", "Thuỷ"), "thủy"),
        ("khoẻ", "khỏe"),
    ],
)
def test_one_person_is_one_id(one, other):
    """Capitals, decomposed letters and the place of a tone mark make no other person."""
    assert fold_spelling(one) == fold_spelling(other)


@pytest.mark.parametrize(("one", "other"), [("hòa", "hóa"), ("cb-01", "cb-02"), ("đa", "da")])
def test_two_people_are_two_ids(one, other):
    """Another tone or letter is somebody else."""
    assert fold_spelling(one) != fold_spelling(other)
    assert fold_spelling(None) is None
