"""`phananh letter`: a letter about a case, as text or as a file of HTML or Word (Art. 7-10)."""

from collections.abc import Mapping
from pathlib import Path

import attrs
import click

from phananh.cli.base import (
    OK,
    SENTENCES,
    CommandError,
    RunContext,
    TranslatedCommand,
    shared_options,
)
from phananh.cli.database import at_option, is_set_back, open_desk
from phananh.cli.input import hours_option, read_text
from phananh.cli.terminal import emit, write_file
from phananh.messages.labels import WORDS
from phananh.office.letters import Letterhead, LetterKind, Letters
from phananh.regulation.cleaning import fold_id
from phananh.worktime.formats.toml import TomlTable, parse_toml

_FIELDS = attrs.fields_dict(Letterhead)
_OWN_WORDS = ("kind", "to", "email", "subject", "text")


@click.command("letter", cls=TranslatedCommand, help="letter.help", epilog="letter.kinds")
@click.argument("key", metavar="ID-or-code")
@click.argument("kind", type=click.Choice(tuple(WORDS["letter"])), metavar="KIND")
@click.option("--letterhead", "head", metavar="FILE", required=True, help="letter.letterhead")
@click.option("--templates", "folder", metavar="FOLDER", help="letter.templates")
@click.option("--number", default="", metavar="NUMBER", help="letter.number")
@click.option("--note", default="", metavar="TEXT", help="letter.note")
@click.option("--out", metavar="FILE", help="letter.out")
@hours_option
@at_option
@shared_options
@click.pass_obj
def command(
    context: RunContext, *, key: str, kind: LetterKind, head: str, folder: str | None, number: str,
    note: str, out: str | None, hours: str, at: str | None,
) -> int:  # fmt: skip
    """Print a letter, or write it to a file."""
    letterhead, names = read_letterhead(head)
    with open_desk(context, hours=hours, at=at) as desk:
        case = desk.get(key)
        # A letter of an earlier state could name a sender who is known since (R40).
        if is_set_back(desk) and case.updated_at > desk.now():
            raise CommandError("letter.set_back", case=case.id, at=case.updated_at)
        own = {} if folder is None else {"folder": folder}
        letters = Letters(
            desk=desk, letterhead=letterhead, names=lambda key: names.get(fold_id(key)), **own
        )
        letter = letters.write(
            kind, case, lang=context.lang if context.has_lang else None, number=number, note=note
        )
    if out is not None:
        ending = Path(out).suffix
        write_file(
            out,
            letter.docx()
            if ending == ".docx"
            else letter.html
            if ending == ".html"
            else letter.text,
            mode=0o600,  # for its owner alone
        )
    else:
        emit(
            context,
            [{name: getattr(letter, name) for name in _OWN_WORDS}],
            letter.text.splitlines(),
        )
    return OK


def read_letterhead(path: str) -> tuple[Letterhead, Mapping[str, str]]:
    """Return what a file says of the office, and its names by folded id."""
    said = parse_toml(read_text(path), path)
    names = said.pop("names", {})
    own = dict.fromkeys(names, str) if isinstance(names, dict) else {}
    names = TomlTable(f"{path}: names", names, own).values
    TomlTable(f"{path}:", said, dict.fromkeys(_FIELDS, str)).require("body", "place")
    return Letterhead(**said), {fold_id(key): name for key, name in names.items()}


SENTENCES.update({
    "letter.help": (
        "In văn bản về một phản ánh, kiến nghị theo mẫu, hoặc ghi ra tệp HTML hay Word.",
        "Print a letter about a case, or write it to a file of HTML or Word.",
    ),
    "letter.kinds": (
        f"LOẠI là {', '.join(f'{kind} ({word})' for kind, (word, _) in WORDS['letter'].items())}.",
        f"KIND is {', '.join(WORDS['letter'])}.",
    ),
    "letter.letterhead": (
        "tệp TOML: body, place, parent, symbol, signer_title, signer, phone, web; bảng [names] nêu "
        "tên theo mã",
        "TOML: body, place, parent, symbol, signer_title, signer, phone, web, and names by id in "
        "[names]",
    ),
    "letter.set_back": (
        "PAKN {case} có bước lúc {at}, sau thời điểm của --at; văn bản chỉ lập theo tình trạng "
        "hiện tại: bỏ --at, hoặc nêu thời điểm không sớm hơn",
        "case {case} had a step at {at}, after --at. A letter is about the case as it is: leave "
        "out --at, or give that moment or a later one.",
    ),
    "letter.templates": ("thư mục chứa mẫu riêng", "folder of your own templates"),
    "letter.number": ("số của văn bản", "number of the letter"),
    "letter.note": ("thêm một đoạn", "a paragraph of your own"),
    "letter.out": ("ghi ra tệp .docx, .html hoặc .txt", "write to a file .docx, .html or .txt"),
})  # fmt: skip
