"""`phananh lifecycle`: every step of a case as a table or a diagram (Art. 7-8)."""

from typing import Any

import click

from phananh.cli.context import RunContext, shared
from phananh.cli.output.diagram import dot, mermaid
from phananh.cli.output.terminal import show, table
from phananh.cli.translated_command import TranslatedCommand
from phananh.messages.labels import word
from phananh.regulation.lifecycle import LIFECYCLE, Transition
from phananh.regulation.values.request import State


@click.command(
    "lifecycle",
    cls=TranslatedCommand,
    help="Every step of a case, who may take it, and its clause.",
)
@click.option(
    "--format", "form", type=click.Choice(("table", "mermaid", "dot")), default="table",
    help="A table, or text for Mermaid or Graphviz.",
)  # fmt: skip
@shared
@click.pass_obj
def command(frame: RunContext, *, form: str) -> int:
    """Print the lifecycle."""
    if frame.json:
        for row in LIFECYCLE:
            frame.row(_facts(row))
    elif form == "table":
        heads = ("From", "While it lies with", "Act", "By", "To", "Clause")
        show(frame, table([frame.say(head) for head in heads], map(_cells(frame), LIFECYCLE)))
    else:
        frame.out(mermaid(frame.lang) if form == "mermaid" else dot(frame.lang))
    return 0


def _facts(row: Transition) -> dict[str, Any]:
    return {
        "trigger": row.trigger,
        "from": [state.value for state in row.sources],
        "to": row.dest.value if isinstance(row.dest, State) else None,
        "holders": sorted(row.holders),
        "target": row.target.value if row.target else None,
        "holder_after": row.new_holder.value if row.new_holder else None,
        "by": sorted(row.roles),
        "guards": [guard.code for guard in row.guards],
        "article": row.article.id,
    }


def _cells(frame: RunContext) -> Any:
    lang = frame.lang

    def words(group: str, slugs: Any) -> str:
        return ", ".join(word(group, slug.value, lang) for slug in slugs)

    def cells(row: Transition) -> tuple[str, ...]:
        target = f" → {word('role', row.target.value, lang)}" if row.target else ""
        stays = frame.say("stays")
        return (
            words("state", row.sources),
            words("role", sorted(row.holders)) or frame.say("anybody"),
            word("trigger", row.trigger, lang) + target,
            words("role", sorted(row.roles)),
            word("state", row.dest.value, lang) if isinstance(row.dest, State) else stays,
            row.article.text(lang),
        )

    return cells
