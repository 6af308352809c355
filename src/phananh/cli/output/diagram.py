"""The lifecycle as a picture, drawn from its rows: Mermaid or Graphviz text (Art. 7-8)."""

from collections.abc import Iterator

from phananh.messages.labels import word
from phananh.regulation.lifecycle import Transition
from phananh.regulation.request import State
from phananh.regulation.rules import HOA_BINH_2019


def list_edges() -> Iterator[tuple[State, State, Transition]]:
    """Yield each arrow: from, to, and the row that is its reason."""
    for row in HOA_BINH_2019.lifecycle:
        for source in row.sources:
            yield source, row.dest if isinstance(row.dest, State) else source, row


def label_edge(row: Transition, lang: str) -> str:
    """Return the text of an arrow: the act, the receiver, and the clauses."""
    to = f" → {word('role', row.target.value, lang)}" if row.target else ""
    clauses = ", ".join(clause.id for clause in (row.article, *row.others))
    return f"{word('trigger', row.trigger, lang)}{to} ({clauses})"


def merge_labels(lang: str) -> dict[tuple[State, State], list[str]]:
    """Return the words of all arrows between the same two states, each once."""
    found: dict[tuple[State, State], list[str]] = {}
    for source, dest, row in list_edges():
        words = found.setdefault((source, dest), [])
        if (label := label_edge(row, lang)) not in words:
            words.append(label)
    return found


def draw_mermaid(lang: str) -> str:
    """Return a Mermaid state diagram."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {s.value} : {word('state', s.value, lang)}" for s in State]
    lines.append(f"    [*] --> {State.RECEIVED.value} : {word('trigger', 'receive', lang)} (7.1)")
    for (source, dest), words in merge_labels(lang).items():
        label = "<br/>".join(words)
        lines.append(f"    {source.value} --> {dest.value} : {label}")
    return "\n".join([*lines, f"    {State.CLOSED.value} --> [*]"])


def draw_dot(lang: str) -> str:
    """Return a Graphviz digraph."""
    lines = ["digraph lifecycle {", "    node [shape=box, style=rounded];"]
    lines += [f'    {s.value} [label="{word("state", s.value, lang)}"];' for s in State]
    for (source, dest), words in merge_labels(lang).items():
        label = "\\n".join(words)
        lines.append(f'    {source.value} -> {dest.value} [label="{label}"];')
    return "\n".join([*lines, "}"])
