"""`phananh lifecycle`: every step of a case as a table or a diagram (Art. 7-8)."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import click
from rich.console import RenderableType

from phananh.cli.context import RunContext, speech_options
from phananh.cli.output.diagram import draw_dot, draw_mermaid
from phananh.cli.output.emit import emit
from phananh.cli.output.terminal import make_table
from phananh.cli.translated_command import TranslatedCommand
from phananh.messages.labels import word
from phananh.regulation.lifecycle import Transition
from phananh.regulation.request import State
from phananh.regulation.rules import HOA_BINH_2019


@click.command("lifecycle", cls=TranslatedCommand, help="lifecycle.help")
@click.option(
    "--format", "form", type=click.Choice(("table", "mermaid", "dot")), help="lifecycle.format",
)  # fmt: skip
@speech_options
@click.pass_obj
def command(context: RunContext, *, form: str | None) -> int:
    """Print the lifecycle."""
    if form is not None and context.json:
        raise click.UsageError(context.say("format_or_json"))
    if form is None or form == "table":
        emit(context, map(_facts, HOA_BINH_2019.lifecycle), [_table(context)])
    else:
        context.write((draw_mermaid if form == "mermaid" else draw_dot)(context.lang))
    return 0


def _facts(row: Transition) -> dict[str, Any]:
    return {
        "trigger": row.trigger,
        "from": row.sources,
        "to": row.dest if isinstance(row.dest, State) else None,
        "holders": row.holders,
        "target": row.target,
        "holder_after": row.new_holder,
        "by": row.roles,
        "guards": [guard.code for guard in row.guards],
        "article": row.article,
        "other_articles": row.others,
    }


def _join_texts(texts: Iterable[str]) -> str:
    """Return texts as a list, between semicolons where one has a comma itself."""
    found = list(texts)
    return ("; " if any("," in text for text in found) else ", ").join(found)


def _table(context: RunContext) -> RenderableType:
    names = ("from", "with", "act", "by", "to", "clause")
    rows = (_cells(context, row) for row in HOA_BINH_2019.lifecycle)
    return make_table(context, names, rows)


def _cells(context: RunContext, row: Transition) -> tuple[str, ...]:
    lang = context.lang

    def words(group: str, slugs: Iterable[StrEnum]) -> str:
        return _join_texts(word(group, slug.value, lang) for slug in slugs)

    target = f" → {words('role', [row.target])}" if row.target else ""
    return (
        words("state", row.sources),
        words("role", sorted(row.holders)) or context.say("anybody"),
        word("trigger", row.trigger, lang) + target,
        words("role", sorted(row.roles)),
        words("state", [row.dest]) if isinstance(row.dest, State) else context.say("stays"),
        _join_texts(clause.text(lang) for clause in (row.article, *row.others)),
    )
