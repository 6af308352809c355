"""`phananh db copy`: everything of one store into another, compared when it is done."""

import os
from collections.abc import Iterator

import attrs
import click

from phananh.cli.context import RunContext, speech_options
from phananh.cli.errors import CommandError
from phananh.cli.options.open_database import check_present, is_url, open_database
from phananh.cli.output.emit import emit
from phananh.cli.output.terminal import Progress
from phananh.cli.translated_command import TranslatedCommand
from phananh.stores.copying import Copied, copy_store


@click.command("copy", cls=TranslatedCommand, help="db.copy.help")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@speech_options
@click.pass_obj
def copy(context: RunContext, *, source: str, target: str) -> int:
    """Copy, print how much there is, and exit with 3 if a part could not be copied."""
    check_present(source)
    if target == "memory:":
        raise CommandError("db.copy_to_memory")
    if _locate(source) == _locate(target):
        raise CommandError("db.copy_onto_itself")
    with (
        open_database(source) as one,
        open_database(target, check_schema=False) as other,
        Progress(context, "db.copied_so_far") as done,
    ):
        copied = copy_store(one, other, lambda _what, count: done.advance_to(count))
    emit(context, [attrs.asdict(copied)], _lines(context, copied))
    if copied.left_out:
        context.warn("db.left_out", tables=copied.left_out)
    return 3 if copied.left_out else 0


def _locate(address: str) -> str:
    """Return an address in a form that is the same for each way to write a file."""
    if is_url(address):
        return address
    return os.path.realpath(address.removeprefix("sqlite:///"))


def _lines(context: RunContext, copied: Copied) -> Iterator[str]:
    found = copied.counts.items()
    counts = "; ".join(context.say(f"db.count_{table}", n=n) for table, n in found if n)
    yield context.say("db.copied", counts=counts) if counts else context.say("db.copied_nothing")
    if copied.digest:
        yield context.say("db.copy_verified", digest=copied.digest)
    else:
        yield context.say("db.copy_compared")
