"""Cells for spreadsheets: none is computed, and each comes back as it was."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phananh.spreadsheet import read_text_cell, to_text_cell

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
texts = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from(["'", " ", *SIGNS])))


@pytest.mark.parametrize("before", ["", " ", "   ", "\u00a0", "'", "''", "' ", "\t", " \r"])
@pytest.mark.parametrize("sign", SIGNS)
def test_what_is_computed_becomes_a_text(sign: str, before: str) -> None:
    """A cell that begins with a sign, after blanks or apostrophes too, begins with one more."""
    cell = f"{before}{sign}cmd|' /C calc'!A0"
    assert to_text_cell(cell) == f"'{cell}"
    assert read_text_cell(f"'{cell}") == cell


@pytest.mark.parametrize(
    "cell", ["", "'", "''", "2026-03-04T09:00", "Bùi Thị Mai", "'t Hooft", "a=b", "5-6", "x@y.vn"]
)
def test_another_cell_stays(cell: str) -> None:
    """What no spreadsheet computes is written, and read, as it is."""
    assert (to_text_cell(cell), read_text_cell(cell)) == (cell, cell)


def test_a_phone_number_abroad() -> None:
    """A number that begins with +84 is no sum, and comes back as the number."""
    assert to_text_cell("+84 218 3831022") == "'+84 218 3831022"
    assert read_text_cell("'+84 218 3831022") == "+84 218 3831022"


@given(texts)
def test_every_text_comes_back(text: str) -> None:
    """Whatever stands in a cell is read back, through the csv module too."""
    paper = io.StringIO(newline="")
    csv.writer(paper).writerow([to_text_cell(text), "x"])
    paper.seek(0)
    [(cell, _)] = csv.reader(paper)
    assert read_text_cell(cell) == text


@given(texts)
def test_no_cell_is_computed(text: str) -> None:
    """Behind the blanks that a spreadsheet may cut, no cell begins with a sign."""
    cell = to_text_cell(text)
    assert not cell.lstrip().startswith(SIGNS)
    assert not cell.startswith(SIGNS)
