"""Tables that an office keeps in files, read as values: CSV, XLSX, JSON or TOML.

Each row is one value, and each column a field of it, by its name in English or in Vietnamese as
offices head such a column. An error names the file, the row and the column. CSV is UTF-8, with
commas, or with semicolons as spreadsheets in Vietnam write them. Of XLSX the sheet of the table's
name is read, or else the first one.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import attrs

from phananh.errors import InputError, short_repr
from phananh.spreadsheet import read_text_cell
from phananh.worktime.formats.toml import parse_toml

T = TypeVar("T", bound=attrs.AttrsInstance)
_HEADERS = {
    "ma": "id", "ma thu tuc": "id", "ma don vi": "id", "ten": "name", "ho ten": "name",
    "ho va ten": "name", "ten thu tuc": "name", "ten thu tuc hanh chinh": "name",
    "ten don vi": "name", "loai": "kind", "vai tro": "role", "don vi": "unit", "co quan": "unit",
    "co quan thuc hien": "unit", "dau moi": "focal", "linh vuc": "field", "cap thuc hien": "level",
    "ten goi khac": "aliases", "tu ngay": "since", "den ngay": "until", "gio lam viec": "hours",
    "loai noi dung": "kinds", "thu tuc": "procedures",
}  # fmt: skip


def fold_marks(text: str) -> str:
    """Return a text in small letters without Vietnamese marks, and single spaces for all else.

    >>> fold_marks("Đăng ký khai sinh, sổ đỏ")
    'dang ky khai sinh so do'
    """
    apart = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(char for char in apart if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in bare).split())


def _read_day(value: object, *, field: str) -> date | None:
    """Return a day that is a date, an ISO text or one such as 01/07/2025. None if it is left out.

    Raises:
        InputError: it is no date.
    """
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(str(value).strip(), form).date()  # noqa: DTZ007  # a day only
        except ValueError:
            continue
    raise InputError(field=field, code="not_a_date", value=short_repr(value))


def since(value: object) -> date | None:
    """Read the first day on which a row is valid."""
    return _read_day(value, field="since")


def until(value: object) -> date | None:
    """Read the last day on which a row is valid."""
    return _read_day(value, field="until")


def split_list(value: str | Iterable[Any]) -> tuple[Any, ...]:
    """Return the parts of a cell that has several, parted by semicolons, or a list as it is."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(";") if part.strip())
    return tuple(value)


def is_valid_on(value: Any, day: date | None) -> bool:
    """Return whether a value is valid on a day: `since` its first, `until` its last, or None."""
    since, until = value.since or date.min, value.until or date.max
    return day is None or since <= day <= until


def read_table(kind: type[T], path: str | Path, table: str) -> tuple[T, ...]:
    """Return the values of a table in a file.

    Raises:
        InputError: a cell, a column or the file cannot be read. It says where.
        OSError: the file is not there.
    """
    path = Path(path)
    return make_values(kind, _read_rows(path, table), f"{path.name}: {table}")


def make_values(kind: type[T], rows: Iterable[Mapping[str, Any]], where: str) -> tuple[T, ...]:
    """Return a value of each row that says anything. `where` is the name of the table in errors."""
    fields = {each.name: each for each in attrs.fields(kind) if each.init}
    found: list[T] = []
    for n, given in enumerate(rows, 1):
        row = {
            _HEADERS.get(fold_marks(key), str(key).strip()): cell
            for key, cell in given.items()
            if cell not in (None, "")
        }
        if not row:
            continue
        for key in row.keys() - fields.keys():
            field, known = f"{where}[{n}].{key}", tuple(fields)
            raise InputError(
                field=field, code="no_such_key", value=short_repr(row[key]), known=known
            )
        for name, each in fields.items():
            if each.default is attrs.NOTHING and name not in row:
                raise InputError(field=f"{where}[{n}].{name}", code="missing")
        try:
            found.append(kind(**row))
        except InputError as error:
            raise error.of_field(f"{where}[{n}].{error.field}") from error
    return tuple(found)


def _read_rows(path: Path, table: str) -> Iterable[dict[str, Any]]:
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return _read_csv(path)
    if suffix == ".xlsx":
        return _read_xlsx(path, table)
    if suffix == ".json":
        return _read_json(path, table)
    if suffix == ".toml":
        found: list[dict[str, Any]] = parse_toml(path.read_text("utf-8"), path.name).get(table, [])
        return found
    known = (".csv", ".xlsx", ".json", ".toml")
    raise InputError(field="path", code="unknown_value", value=short_repr(suffix), known=known)


def _read_csv(path: Path) -> Iterator[dict[str, Any]]:
    import csv

    with path.open(encoding="utf-8-sig", newline="") as file:
        header = file.readline()
        file.seek(0)
        delimiter = ";" if header.count(";") > header.count(",") else ","
        for row in csv.DictReader(file, delimiter=delimiter, restval="", restkey="..."):
            yield {
                key: read_text_cell(cell).strip() if isinstance(cell, str) else cell
                for key, cell in row.items()
            }


def _read_json(path: Path, table: str) -> list[dict[str, Any]]:
    import json

    try:
        found = json.loads(path.read_text("utf-8-sig"))
    except ValueError as error:
        raise InputError(field=path.name, code="unreadable", cause=str(error)) from error
    rows: list[dict[str, Any]] = found.get(table, []) if isinstance(found, dict) else found
    return rows


def _read_xlsx(path: Path, table: str) -> Iterator[dict[str, Any]]:
    try:
        from openpyxl import load_workbook
    except ModuleNotFoundError as error:
        facts = {"extra": "xlsx", "cause": str(error)}
        raise InputError(field="path", code="extra_missing", **facts) from error
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        sheet = book[table] if table in book.sheetnames else book.worksheets[0]
        rows = sheet.iter_rows(values_only=True)
        header = [str(cell or "") for cell in next(rows, ())]
        for cells in rows:
            yield {
                key: cell if isinstance(cell, date) or cell is None else str(cell).strip()
                for key, cell in zip(header, cells, strict=False)
            }
    finally:
        book.close()
