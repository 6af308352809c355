"""Tables that an office keeps in files, read as values: CSV, XLSX, JSON or TOML.

Each row is one value, and each column a field of it, by its name in English or in Vietnamese as
offices head such a column. An error names the file, the row and the column. CSV is UTF-8, with
commas, or with semicolons as spreadsheets in Vietnam write them. Of XLSX the sheet of the table's
name is read, or else the first one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import attrs

from phananh.errors import InputError, short_repr
from phananh.regulation.cleaning import fold_marks
from phananh.spreadsheet import read_csv, read_pairs, read_xlsx
from phananh.worktime.formats.toml import parse_toml
from phananh.worktime.validators import tuple_of

T = TypeVar("T", bound=attrs.AttrsInstance)
Source = str | Path | Iterable[Mapping[str, Any]]
"""A file, or rows that your application has: mappings of fields to values."""
_LONGEST = 1_000  # characters of a header: to fold a huge text would take minutes
_HEADERS = {
    "ma": "id", "ma thu tuc": "id", "ma don vi": "id", "ten": "name", "ho ten": "name",
    "ho va ten": "name", "ten thu tuc": "name", "ten thu tuc hanh chinh": "name",
    "ten don vi": "name", "loai": "kind", "vai tro": "role", "don vi": "unit", "co quan": "unit",
    "co quan thuc hien": "unit", "dau moi": "focal", "linh vuc": "field", "cap thuc hien": "level",
    "ten goi khac": "aliases", "tu ngay": "since", "den ngay": "until", "gio lam viec": "hours",
    "loai noi dung": "kinds", "thu tuc": "procedures",
}  # fmt: skip


def read_day(value: Any, field: str) -> date | None:
    """Return a day that is a date, an ISO text or one such as 01/07/2025. None if it is left out.

    Raises:
        InputError: it is no date.
    """
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        with suppress(ValueError, AttributeError, TypeError):  # of what is no text
            return datetime.strptime(value.strip(), form).date()  # noqa: DTZ007  # a day only
    raise InputError(field=field, code="not_a_date", value=short_repr(value))


def split_list(value: str | Iterable[str], field: str) -> tuple[str, ...]:
    """Return the parts of a cell that has several, or a list as it is.

    Semicolons, commas and line breaks part them.

    Raises:
        InputError: it is neither.
    """
    if isinstance(value, str):
        return tuple(
            part.strip()
            for part in value.replace(",", ";").replace("\n", ";").split(";")
            if part.strip()
        )
    return tuple_of(str, field, value)


def is_valid_on(value: Any, day: date | None) -> bool:
    """Return whether a value is valid on a day: `since` its first, `until` its last, or None."""
    since, until = value.since or date.min, value.until or date.max
    return day is None or since <= day <= until


def parsed_field(parse: Callable[[Any], Any], **options: Any) -> Any:
    """Return an attrs field that is read from a cell by a function."""
    return attrs.field(converter=parse, **options)


def read_table(kind: type[T], source: Source, table: str) -> tuple[T, ...]:
    """Return a value of each row that says anything, of a file or of your application.

    Raises:
        InputError: a cell, a column or the file cannot be read. It says where.
        OSError: the file is not there.
    """
    fields = {each.name: each for each in attrs.fields(kind) if each.init}
    where, found = table, list[T]()
    if isinstance(source, str | Path):
        where = f"{Path(source).name}: {table}"
        try:
            source = [*_read_rows(Path(source), table)]
        except (InputError, OSError):
            raise
        except Exception as error:  # of the readers of three formats
            raise InputError(field=where, code="unreadable", cause=str(error)) from error
    for n, given in enumerate(tuple_of(Mapping, where, source), 1):
        row = read_pairs(
            ((_name_field(key), cell) for key, cell in given.items() if cell not in (None, "")),
            f"{where}[{n}].",
        )
        for key in row.keys() - fields.keys():
            raise InputError(
                field=f"{where}[{n}].{key}",
                code="no_such_key",
                value=short_repr(row[key]),
                known=tuple(fields),
            )
        for name, each in fields.items():
            if row and each.default is attrs.NOTHING and name not in row:
                raise InputError(field=f"{where}[{n}].{name}", code="missing")
        try:
            found += [kind(**row)] if row else []
        except InputError as error:
            raise error.of_field(f"{where}[{n}].{error.field}") from error
    return tuple(found)


def _read_rows(path: Path, table: str) -> Iterable[Mapping[str, Any]]:
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return _name_cells(read_csv(path.read_bytes().decode("utf-8-sig")), f"{path.name}: ")
    if suffix == ".xlsx":
        return _name_cells(iter(read_xlsx(path, table)), f"{path.name}: ")
    if suffix not in (".json", ".toml"):
        raise InputError(
            field="path",
            code="unknown_value",
            value=short_repr(suffix),
            known=(".csv", ".xlsx", ".json", ".toml"),
        )
    import json

    text = path.read_text("utf-8-sig")
    top = (
        parse_toml(text, path.name)
        if suffix == ".toml"
        else json.loads(text, object_pairs_hook=lambda found: read_pairs(found, f"{path.name}: "))
    )
    rows: Iterable[Mapping[str, Any]] = top.get(table, ()) if isinstance(top, dict) else top
    return rows


def _name_cells(lines: Iterator[Iterable[Any]], where: str) -> Iterator[dict[str, Any]]:
    """Yield each line by the headers of the first one. Columns without a header may be blank."""
    header = [_name_field(cell or "") for cell in next(lines, ())]
    for line in lines:
        yield read_pairs((each for each in zip(header, line, strict=False) if any(each)), where)


def _name_field(head: object) -> str:
    """Return the field that a column is headed for, or the head as it is."""
    return _HEADERS.get(fold_marks(str(head)[:_LONGEST]), str(head).strip())
