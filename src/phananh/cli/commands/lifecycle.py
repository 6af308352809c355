"""`phananh lifecycle`: every step of a case as a table or a diagram (Art. 7-8)."""

from collections.abc import Iterable
from enum import StrEnum

import click

from phananh import HOA_BINH_2019, State
from phananh.cli.base import OK, SENTENCES, RunContext, TranslatedCommand, speech_options
from phananh.cli.terminal import emit, make_table
from phananh.messages.labels import word
from phananh.regulation.lifecycle import Transition

ROWS = HOA_BINH_2019.lifecycle


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
        names = ("from", "with", "act", "by", "to", "clause")
        table = make_table(context, names, (_cells(context, row) for row in ROWS))
        facts = (
            {
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
            for row in ROWS
        )
        emit(context, facts, [table])
    else:
        context.write((draw_mermaid if form == "mermaid" else draw_dot)(context.lang))
    return OK


def _cells(context: RunContext, row: Transition) -> tuple[str, ...]:
    lang = context.lang

    def words(group: str, slugs: Iterable[StrEnum]) -> str:
        return _join_texts([word(group, slug.value, lang) for slug in slugs])

    target = f" → {words('role', [row.target])}" if row.target else ""
    return (
        words("state", row.sources),
        words("role", sorted(row.holders)) or context.say("anybody"),
        word("trigger", row.trigger, lang) + target,
        words("role", sorted(row.roles)),
        words("state", [row.dest]) if isinstance(row.dest, State) else context.say("stays"),
        _join_texts([clause.text(lang) for clause in (row.article, *row.others)]),
    )


def _join_texts(texts: list[str]) -> str:
    """Return texts as a list, between semicolons where one has a comma itself."""
    return ("; " if any("," in text for text in texts) else ", ").join(texts)


def merge_labels(lang: str) -> dict[tuple[State, State], list[str]]:
    """Return the words of all arrows between the same two states: act, receiver and clauses."""
    found: dict[tuple[State, State], list[str]] = {}
    for row in ROWS:
        to = f" → {word('role', row.target.value, lang)}" if row.target else ""
        clauses = ", ".join(clause.id for clause in (row.article, *row.others))
        label = f"{word('trigger', row.trigger, lang)}{to} ({clauses})"
        for source in row.sources:
            dest = row.dest if isinstance(row.dest, State) else source
            words = found.setdefault((source, dest), [])
            if label not in words:
                words.append(label)
    return found


def draw_mermaid(lang: str) -> str:
    """Return a Mermaid state diagram."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {s.value} : {word('state', s.value, lang)}" for s in State]
    lines.append(f"    [*] --> {State.RECEIVED.value} : {word('trigger', 'receive', lang)} (7.1)")
    for (source, dest), words in merge_labels(lang).items():
        lines.append(f"    {source.value} --> {dest.value} : {'<br/>'.join(words)}")
    return "\n".join([*lines, f"    {State.CLOSED.value} --> [*]"])


def draw_dot(lang: str) -> str:
    """Return a Graphviz digraph."""
    lines = ["digraph lifecycle {", "    node [shape=box, style=rounded];"]
    lines += [f'    {s.value} [label="{word("state", s.value, lang)}"];' for s in State]
    for (source, dest), words in merge_labels(lang).items():
        label = "\\n".join(words)
        lines.append(f'    {source.value} -> {dest.value} [label="{label}"];')
    return "\n".join([*lines, "}"])


SENTENCES.update({
    "lifecycle.help": (
        "Mọi bước xử lý phản ánh, kiến nghị, ai được thực hiện, theo điều khoản nào.",
        "Every step of a case, who may take it, and its clause.",
    ),
    "lifecycle.format": (
        "Bảng, hoặc mã Mermaid hay Graphviz.", "A table, or text for Mermaid or Graphviz.",
    ),
    "format_or_json": (
        "--format dành cho người, --json dành cho chương trình; chỉ dùng một trong hai.",
        "--format is for people and --json for programs. Give one of them.",
    ),
    "head.from": ("Từ", "From"),
    "head.to": ("Đến", "To"),
    "head.with": ("Người, đơn vị đang xử lý", "While it is with"),
    "anybody": ("không phân biệt", "anybody"),
    "stays": ("giữ nguyên", "stays"),
})  # fmt: skip
