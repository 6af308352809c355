"""Tables that people open in a spreadsheet: a text that looks like a formula stays a text.

A spreadsheet computes a cell that begins with = + - @, even if a stranger wrote it into a form. So
such a cell gets an apostrophe, as people type it. Where lists are separated by semicolons, as in
Vietnam, a spreadsheet cuts the line there and at a line break in spite of the quotes around a cell,
so what follows gets one too. An apostrophe that was there before gets another, so that what is
read back is what was written.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from io import BytesIO, StringIO
from typing import Any, NoReturn
from warnings import catch_warnings
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile

from phananh.errors import InputError, show_key

# The wide forms too, which some editions take for the others.
_SIGNS = "[=+\\-@\uff1d\uff0b\uff0d\uff20]"
_COMPUTED = rf"'*[\s\"]*?(?:{_SIGNS}|[\t\r\n])"
_BEFORE = re.compile(rf"(^|[;\r\n])(?={_COMPUTED})")
# A workbook of some kilobytes can unpack to gigabytes, or have one cell in its last row or column.
_LARGEST = 30_000_000  # bytes of a workbook, unpacked: some 50,000 rows of 12 cells
_MOST_ROWS, _MOST_COLUMNS = 100_000, 256
# Its reader keeps some 500 bytes of each XML element: all of one row, and those outside of rows.
_MOST_ELEMENTS, _MOST_IN_ROW, _MOST_OUTSIDE = 3_000_000, 20_000, 200_000
_MOST_OF_TAG = 500_000  # bytes, as a long one is read again with each piece
_ROWS = frozenset(("row", "si"))  # of cells, and a text that cells share
# One long text can stand in many cells. A spreadsheet takes no longer one than this, and no longer
# format of a number, which its reader would look at for minutes.
_LONGEST_CELL, _LONGEST_FORMAT, _MOST_CHARACTERS = 32_767, 255, 30_000_000
_PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_MARKED = re.compile(rf"(^|[;\r\n])'(?={_COMPUTED})")


def to_text_cell(text: str) -> str:
    """Return a text as a cell that no spreadsheet computes.

    >>> to_text_cell("+84 218 3831022"), to_text_cell("0218 3831022")
    ("'+84 218 3831022", '0218 3831022')
    >>> to_text_cell("Lan;=1+1")
    "Lan;'=1+1"
    """
    return _BEFORE.sub(r"\1'", text)


def read_text_cell(cell: str) -> str:
    """Return the text that `to_text_cell` made a cell of, and any other cell as it is.

    >>> read_text_cell("'+84 218 3831022"), read_text_cell("'t Hooft")
    ('+84 218 3831022', "'t Hooft")
    """
    return _MARKED.sub(r"\1", cell)


def read_pairs(pairs: Iterable[tuple[str, Any]], where: str = "") -> dict[str, Any]:
    """Return keys with their values. A doubled one is refused, where the last would count."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise InputError(field=f"{where}{show_key(key)}", code="doubled_key")
        found[key] = value
    return found


def read_csv(text: str) -> Iterator[list[str]]:
    """Yield each line of CSV, parted by commas, or by semicolons if the first line has more.

    Raises:
        InputError: a quote is not closed, and would take the lines after it into its cell.
    """
    header = text.partition("\n")[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    lines = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for line in lines:
            yield [read_text_cell(cell).strip() for cell in line]
    except csv.Error:
        raise InputError(field="csv", code="wrong_quote", number=lines.line_num) from None


def read_xlsx(file: Any, table: str) -> list[list[Any]]:
    """Return the rows of the sheet of a table's name, or else of the first sheet.

    Raises:
        InputError: the extra `xlsx` is not installed, the file is no workbook, or it is too large.
            It shows no cell, as warnings and errors of the reader do, because it may be personal.
    """
    name, rows, characters = re.split(r"[/\\]", str(file))[-1], list[list[Any]](), 0
    try:
        from openpyxl import load_workbook

        with ZipFile(file) as parts:
            if sum(part.file_size for part in parts.infolist()) > _LARGEST:
                raise InputError(field=name, code="workbook_too_large", limit=f"{_LARGEST:,}")
            _check_elements(parts, name)
        with catch_warnings(action="ignore"):
            book = load_workbook(file, read_only=True, data_only=True)
            sheet = book[table] if table in book.sheetnames else book.worksheets[0]
            sheet.reset_dimensions()  # else each row is filled up to a column that the file names
            for line in sheet.iter_rows(values_only=True):
                if len(rows) >= _MOST_ROWS or len(line) > _MOST_COLUMNS:
                    raise InputError(
                        field=f"{name}:{len(rows) + 1}", code="sheet_too_large",
                        rows=_MOST_ROWS, columns=_MOST_COLUMNS,
                    )  # fmt: skip
                lengths = [len(cell) for cell in line if isinstance(cell, str)]
                characters += sum(lengths)
                if characters > _MOST_CHARACTERS or max(lengths, default=0) > _LONGEST_CELL:
                    raise InputError(
                        field=f"{name}:{len(rows) + 1}", code="cells_too_long",
                        longest=f"{_LONGEST_CELL:,}", limit=f"{_MOST_CHARACTERS:,}",
                    )  # fmt: skip
                rows.append(
                    [cell if isinstance(cell, date | None) else str(cell).strip() for cell in line]
                )
            book.close()
    except ModuleNotFoundError as error:
        raise InputError(
            field=name, code="extra_missing", extra="xlsx", cause=str(error)
        ) from error
    except (InputError, OSError):
        raise
    except Exception as error:  # noqa: BLE001  # of the reader, whose messages have cells
        cause = str(error) if isinstance(error, BadZipFile) else type(error).__name__
        field = f"{name}:{len(rows) + 1}"
        raise InputError(field=field, code="unreadable", cause=cause) from None
    return rows


def _check_elements(parts: ZipFile, field: str) -> None:
    """Refuse a workbook whose elements its reader has no room for, or that declares its own."""
    count = in_row = outside = 0

    def refuse(*_: object) -> NoReturn:
        raise InputError(field=field, code="too_many_elements")

    def begin(element: str, attributes: dict[str, str]) -> None:
        nonlocal count, in_row, outside
        count += 1
        if in_row or element.rpartition(":")[2] in _ROWS:
            in_row += 1
        else:
            outside += 1
        if (
            count > _MOST_ELEMENTS
            or in_row > _MOST_IN_ROW
            or outside > _MOST_OUTSIDE
            or len(attributes.get("formatCode", "")) > _LONGEST_FORMAT
        ):
            refuse()

    def end(element: str) -> None:
        nonlocal in_row
        if element.rpartition(":")[2] in _ROWS:
            in_row = 0

    for part in parts.infolist():
        parser, in_row = ParserCreate(), 0
        parser.StartElementHandler, parser.EndElementHandler = begin, end
        parser.StartDoctypeDeclHandler = refuse
        with parts.open(part) as content, suppress(ExpatError):  # a picture
            while piece := content.read(_MOST_OF_TAG):
                parser.Parse(piece)
                if content.tell() - parser.CurrentByteIndex > 2 * _MOST_OF_TAG:
                    refuse()


def open_workbook(file: BytesIO, field: str) -> Any:
    """Return a new workbook of xlsxwriter, in which no text becomes a formula.

    Raises:
        InputError: the extra `xlsx` is not installed. It names the field.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise InputError(
            field=field, code="extra_missing", extra="xlsx", cause=str(error.name or error)
        ) from error
    return Workbook(file, _PLAIN)


def format_csv(rows: Iterable[Iterable[str]], *, delimiter: str = ",", line_end: str = "\n") -> str:
    """Return rows as lines of CSV. Their cells are written as they are."""
    text = StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return text.getvalue()


def write_csv(rows: Iterable[Iterable[str]], delimiter: str) -> bytes:
    """Return rows as CSV that a spreadsheet opens: with a mark of UTF-8."""
    lines = ([to_text_cell(cell) for cell in row] for row in rows)
    return format_csv(lines, delimiter=delimiter, line_end="\r\n").encode("utf-8-sig")


def write_xlsx(
    rows: Sequence[Sequence[str]], choices: Sequence[Sequence[str]], names: tuple[str, str]
) -> bytes:
    """Return a workbook of texts, and a second sheet with the choices that some columns list.

    `choices` are those of each column, in its order, and `names` those of the two sheets.

    Raises:
        InputError: the extra `xlsx` is not installed.
    """
    file = BytesIO()
    with open_workbook(file, "xlsx") as book:
        from xlsxwriter.utility import xl_range_formula

        text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
        sheet, words = map(book.add_worksheet, names)
        for n, listed in enumerate(choices):
            sheet.set_column(n, n, max(20, len(rows[0][n])), text)
            if not listed:
                continue
            words.write_column(0, n, listed)
            source = f"={xl_range_formula(words.name, 0, n, len(listed) - 1, n)}"
            options = {"validate": "list", "source": source, "show_error": False}
            sheet.data_validation(1, n, 9_999, n, options)
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row, text if n else head)
        sheet.freeze_panes(1, 0)
    return file.getvalue()
