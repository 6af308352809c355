"""An act log that is a table, CSV or XLSX: its rows, and the template that an office fills in."""

from datetime import datetime
from pathlib import Path

from phananh.act_log.rows import COLUMNS, Row, find_columns, list_choices, list_template, read_row
from phananh.cli.base import SENTENCES, CommandError, RunContext
from phananh.cli.input import parse_instant, read_text
from phananh.cli.terminal import write_file
from phananh.errors import InputError
from phananh.spreadsheet import read_csv, read_xlsx, write_csv, write_xlsx

ENDINGS = (".csv", ".xlsx")


def read_log_table(path: str, lang: str) -> list[bytes | Row]:
    """Return the rows of a table. Its headings, blank rows and remarks are blank lines.

    Raises:
        CommandError: it cannot be read.
        InputError: it is no workbook, or a heading is unknown or given twice.
    """
    found, columns = list[bytes | Row](), list[str]()
    for cells in read_xlsx(path, "") if path[-5:].lower() == ".xlsx" else read_csv(read_text(path)):
        # A date without an hour is one at 00:00 to the library, and no time of an act.
        texts = [
            str(cell).removesuffix(" 00:00:00") if isinstance(cell, datetime) else str(cell or "")
            for cell in cells
        ]
        is_said = any(texts) and not texts[0].startswith("#")
        pairs = zip([*columns, *("line" for _ in texts)], texts, strict=False)
        is_act = is_said and columns
        found.append(read_row(pairs, parse_time=_parse_time, lang=lang) if is_act else b"")
        if is_said and not columns:
            columns = find_columns(texts, f"{Path(path).name}:{len(found)}")
    return found


def _parse_time(cell: str, column: str) -> str:
    """Return a time as `phananh due` reads it, in ISO 8601."""
    try:
        return parse_instant(cell).at.isoformat()
    except CommandError:  # its message has the cell, which may be a name in a wrong column
        raise InputError(field=column, code="not_a_wall_time") from None


def write_template(context: RunContext, path: str) -> None:
    """Write the headings and a sample of a day, in the language of the run, to a new file.

    Raises:
        CommandError: the file is there, cannot be written, or ends otherwise.
        InputError: the extra `xlsx` is not installed.
    """
    if not path.lower().endswith(ENDINGS) or Path(path).exists():
        raise CommandError("template_not_new", path=path)
    rows = list_template(context.lang)
    choices = [[*list_choices(column, context.lang).values()] for column in COLUMNS]
    write_file(
        path,
        write_csv(rows, context.pick(";", ","))  # as spreadsheets of the language part cells
        if path.lower().endswith(".csv")
        else write_xlsx(
            rows,
            choices,
            (context.pick("Nhật ký", "Log"), context.pick("Danh mục", "Choices")),
        ),
    )


SENTENCES.update({
    "template_not_new": (
        "{path}: tệp mẫu phải là tệp chưa có, tên kết thúc bằng .xlsx hoặc .csv",
        "{path}: a template is a new file that ends with .xlsx or .csv",
    ),
})  # fmt: skip
