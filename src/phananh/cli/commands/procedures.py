"""`phananh procedures`: which procedures of a catalogue a caller asks about (Art. 12.2)."""

import attrs
import click

from phananh.cli.base import OK, SENTENCES, RunContext, TranslatedCommand, speech_options
from phananh.cli.input import parse_day
from phananh.cli.terminal import emit, make_table
from phananh.desk.desk import vietnam_now
from phananh.office.procedures import Procedures

_COLUMNS = ("id", "name", "field", "unit", "decision")


@click.command("procedures", cls=TranslatedCommand, help="procedures.help")
@click.argument("file", metavar="FILE")
@click.argument("query", metavar="QUERY", nargs=-1, required=True)
@click.option("--at", metavar="DATE", help="procedures.at")
@speech_options
@click.pass_obj
def command(context: RunContext, *, file: str, query: tuple[str, ...], at: str | None) -> int:
    """Print the procedures that the words are most likely about."""
    day = vietnam_now().date() if at is None else parse_day(at)
    found = Procedures.read(file).search(" ".join(query), on=day)
    rows = [[getattr(each, name) or "-" for name in _COLUMNS] for each in found]
    texts = [make_table(context, _COLUMNS, rows)] if found else [context.say("no_procedures")]
    emit(context, map(attrs.asdict, found), texts)
    return OK


SENTENCES.update({
    "procedures.help": (
        "Tra bộ thủ tục hành chính trong TỆP (CSV, XLSX, JSON hoặc TOML): nhiều nhất năm thủ tục "
        "gần với TỪ-KHÓA nhất, không cần dấu hay tên đầy đủ.",
        "Search the catalogue of procedures in FILE (CSV, XLSX, JSON or TOML): at most five that "
        "QUERY is likely about, with or without marks and full names.",
    ),
    "procedures.at": (
        "Những thủ tục có hiệu lực vào ngày này; mặc định là hôm nay.",
        "The versions that hold on this day. The default is today.",
    ),
    "no_procedures": ("không có thủ tục nào", "no procedures"),
    "head.decision": ("Quyết định", "Decision"),
    "head.field": ("Lĩnh vực", "Field"),
    "metavar.QUERY": ("TỪ-KHÓA", "QUERY"),
})  # fmt: skip
