"""An exploration as a picture: states with their holders, and the acts between them."""

from collections.abc import Mapping

from phananh.messages.labels import word
from phananh.regulation.acts import SYSTEM_TRIGGERS
from phananh.testing.exploration.canonical import StateKey
from phananh.testing.exploration.findings import Edges
from phananh.testing.exploration.moments import AFTER_DUE

Arrows = Mapping[tuple[str, str], tuple[str, ...]]


def find_arrows(edges: Edges) -> Arrows:
    """Return the acts that lead from one state and holder to another, each once.

    What an act leads to after the due instant is drawn from the state that is overdue.
    """
    found: dict[tuple[str, str], dict[str, None]] = {}
    for key, led in edges.items():
        for edge in led:
            late = edge.position == AFTER_DUE and edge.trigger not in SYSTEM_TRIGGERS
            here, there = key.text(), edge.to.text()
            if not late and here != there:
                found.setdefault((here, there), {})[edge.trigger] = None
    return {ends: tuple(triggers) for ends, triggers in found.items()}


def draw_mermaid(edges: Edges, dead: frozenset[str], lang: str) -> str:
    """Return a Mermaid state diagram, with dead ends marked."""
    lines = ["stateDiagram-v2"]
    for where, key in _list_nodes(edges).items():
        lines.append(f"    {_slug(where)} : {_label(key, lang)}")
    first = next(iter(_list_nodes(edges)), None)
    if first is not None:
        lines.append(f"    [*] --> {_slug(first)} : {word('trigger', 'receive', lang)}")
    for (here, there), triggers in find_arrows(edges).items():
        said = "<br/>".join(word("trigger", each, lang) for each in triggers)
        lines.append(f"    {_slug(here)} --> {_slug(there)} : {said}")
    if dead:
        lines.append("    classDef deadEnd stroke:#c00,stroke-width:3px")
        lines += [f"    class {_slug(where)} deadEnd" for where in sorted(dead)]
    return "\n".join(lines)


def draw_dot(edges: Edges, dead: frozenset[str], lang: str) -> str:
    """Return a Graphviz digraph, with dead ends marked."""
    lines = ["digraph exploration {", "    node [shape=box, style=rounded];"]
    for where, key in _list_nodes(edges).items():
        mark = ", color=red, penwidth=3" if where in dead else ""
        lines.append(f'    {_slug(where)} [label="{_label(key, lang)}"{mark}];')
    for (here, there), triggers in find_arrows(edges).items():
        said = "\\n".join(word("trigger", each, lang) for each in triggers)
        lines.append(f'    {_slug(here)} -> {_slug(there)} [label="{said}"];')
    return "\n".join([*lines, "}"])


def _list_nodes(edges: Edges) -> dict[str, StateKey]:
    found: dict[str, StateKey] = {}
    for key in edges:
        found.setdefault(key.text(), key)
    return found


def _slug(where: str) -> str:
    return where.replace("/", "_")


def _label(key: StateKey, lang: str) -> str:
    state = word("state", key.state.value, lang)
    return f"{state} / {word('role', key.holder.role.value, lang)}" if key.holder else state
