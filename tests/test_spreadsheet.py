"""Cells for spreadsheets: none is computed, and each comes back as it was."""

import csv
import io
import re
import time
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, strategies as st

from phananh.errors import InputError
from phananh.office.directory import Directory
from phananh.spreadsheet import read_text_cell, read_xlsx, to_text_cell

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
marks = st.sampled_from(["'", '"', " ", ";", *SIGNS])
texts = st.text(st.one_of(st.characters(codec="utf-8"), marks))


@pytest.mark.parametrize("before", ["", " ", "   ", "\u00a0", "'", "''", "' ", "\t", " \r"])
@pytest.mark.parametrize("sign", SIGNS)
def test_what_is_computed_becomes_a_text(sign: str, before: str) -> None:
    """A cell that begins with a sign, after blanks or apostrophes too, begins with one more."""
    cell = f"{before}{sign}cmd|' /C calc'!A0"
    assert to_text_cell(cell).startswith(f"'{before}")
    assert read_text_cell(to_text_cell(cell)) == cell


@pytest.mark.parametrize(
    "cell",
    ["", "'", "''", "2026-03-04T09:00", "Bùi Thị Mai", "'t Hooft", "a=b", "5-6", "x@y.vn", "a; b"],
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
    """Behind the blanks that a spreadsheet may cut, no part at a semicolon begins with a sign."""
    cell = to_text_cell(text)
    for part in re.split(r"[;\r\n]", cell):
        assert not part.lstrip(' \u00a0"').startswith(SIGNS)
    assert not cell.startswith(SIGNS)


def test_a_line_that_is_cut_at_semicolons() -> None:
    """No part of a line of CSV is computed where a spreadsheet cuts it at semicolons."""
    paper = io.StringIO(newline="")
    csv.writer(paper).writerow(["2026-03-04", to_text_cell('Lan;=1+1;"=2+2\n=3+3'), "x"])
    cut = paper.getvalue().replace("\n", ";").split(";")
    assert cut == ['2026-03-04,"Lan', "'=1+1", '\'""=2+2', "'=3+3\",x\r", ""]


def test_a_long_cell_of_breaks() -> None:
    """A cell of a million line breaks is written in linear time."""
    begun = time.process_time()
    to_text_cell("\n" * 500_000 + " " * 500_000 + "x")
    assert time.process_time() - begun < 5


def test_a_workbook_that_is_small_only_when_packed(tmp_path) -> None:
    """A cell in the last row or column, or much behind the sheet, is an error that says where."""
    workbook = pytest.importorskip("xlsxwriter").Workbook
    pytest.importorskip("openpyxl")
    told = []
    for name, row, column in (("far", 1_048_575, 0), ("wide", 1, 16_383), ("large", 1, 1)):
        path = tmp_path / f"{name}.xlsx"
        with workbook(path) as book:
            book.add_worksheet().write_row(0, 0, ["id", "name"])
            book.worksheets()[0].write(row, column, "x")
        with ZipFile(path, "a", ZIP_DEFLATED) as parts:
            parts.writestr("xl/media/a.png", b"0" * (31_000_000 if name == "large" else 1))
        for read in (Directory.read, lambda path: read_xlsx(path, "")):
            begun = time.process_time()
            with pytest.raises(InputError) as caught:
                read(path)
            assert time.process_time() - begun < 5
            told.append(str(caught.value))
    far, wide, large = told[::2]
    assert told[1::2] == [far, wide, large]
    assert far.startswith("far.xlsx:100001: the sheet has more than 100000 rows")
    assert wide.startswith("wide.xlsx:2: the sheet has more than 100000 rows or 256 columns")
    assert large.startswith("large.xlsx: unpacks to more than 30,000,000 bytes; take out other")


def test_what_would_take_its_reader_gigabytes_or_minutes(tmp_path) -> None:
    """Long texts, alone or in many cells, and too many or too long elements are refused at once."""
    path, again = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    with pytest.importorskip("xlsxwriter").Workbook(path) as book:
        book.add_worksheet().write_column(0, 0, ["text"] * 1_000)
    pytest.importorskip("openpyxl")
    for old_text, text, told in (
        (b">text<", b">" + b"a" * 32_768 + b"<", ":1: a cell has more than 32,767"),
        (b">text<", b">" + b"a" * 32_767 + b"<", ":916: a cell has more than 32,767"),
        (b"<sheetData>", b"<sheetData><row>" + b"<c/>" * 20_000 + b"</row>", ": has too many"),
        (b"</cellXfs>", b"<xf/>" * 200_000 + b"</cellXfs>", ": has too many"),
        (b"<fonts", b"<numFmt formatCode='" + b"[" * 256 + b"'/><fonts", ": has too many"),
        (b"</sst>", b"<si/>" * 3_000_000 + b"</sst>", ": has too many"),
        (b"<sst ", b"<sst a='" + b"a" * 2_000_000 + b"' ", ": has too many"),
        (b"<sst ", b"<!DOCTYPE sst><sst ", ": has too many"),
    ):
        with ZipFile(path) as old, ZipFile(again, "w", ZIP_DEFLATED) as new:
            for part in old.namelist():
                new.writestr(part, old.read(part).replace(old_text, text))
        with pytest.raises(InputError, match=rf"^b\.xlsx{told}"):
            read_xlsx(again, "")


def test_no_cell_is_shown_that_cannot_be_read(tmp_path, recwarn) -> None:
    """A phone number as a date gives no warning, and a name as a number an error with its row."""
    path, again = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    with pytest.importorskip("xlsxwriter").Workbook(path) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        book.add_worksheet().write(0, 0, 912_345_678, day)
        book.worksheets()[0].write(1, 0, 912_345_679)
    pytest.importorskip("openpyxl")
    assert [len(row) for row in read_xlsx(path, "")] == [1, 1]
    with ZipFile(path) as old, ZipFile(again, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b"912345679", b"Ngan"))
    with pytest.raises(InputError, match=r"^b\.xlsx:2: cannot be read: ValueError$"):
        read_xlsx(again, "")
    assert [*recwarn] == []


def test_a_workbook_is_read_to_its_last_cell(tmp_path) -> None:
    """The size that a sheet says it has is not believed: 16,384 columns in each of 1,000 rows."""
    path, again = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    with pytest.importorskip("xlsxwriter").Workbook(path) as book:
        sheet = book.add_worksheet()
        for n in range(1_000):
            sheet.write(n, n % 2, n)
    pytest.importorskip("openpyxl")
    with ZipFile(path) as old, ZipFile(again, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b"A1:B1000", b"A1:XFD9999999"))
    rows = read_xlsx(again, "")
    assert (len(rows), rows[:2], rows[-1]) == (1_000, [["0"], [None, "1"]], [None, "999"])
