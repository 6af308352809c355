"""An exploration as plain data ready for JSON."""

from typing import TYPE_CHECKING, Any

from phananh.testing.exploration.act_log import to_act_log
from phananh.testing.exploration.canonical import StateKey
from phananh.testing.exploration.findings import UnreachableRow
from phananh.testing.exploration.outcomes import Edge

if TYPE_CHECKING:
    from phananh.testing.exploration.exploration import Exploration


def to_plain_exploration(found: "Exploration") -> dict[str, Any]:
    """Return counts, states with their paths and edges, and findings, a state by its number."""
    number = {key: n for n, key in enumerate(found.states)}
    return {
        "rules": found.rules.id,
        "spoiled": found.spoiled,
        "truncated": found.truncated,
        "pairs": found.pairs,
        "recorded": found.recorded,
        "refused": found.refused,
        "not_allowed": found.not_allowed,
        "codes": dict(found.codes),
        "states": [
            {
                **_write_key(key),
                "path": to_act_log(path),
                "edges": [_write_edge(edge, number) for edge in found.edges[key]],
            }
            for key, path in found.states.items()
        ],
        "dead_ends": [
            {"state": number[each.state], "is_stuck": each.is_stuck} for each in found.dead_ends
        ],
        "unreachable": [_write_row(each) for each in found.unreachable],
        "nobody": [each._asdict() for each in found.nobody],
        "never": [each._asdict() for each in found.never],
        "order_matters": [each._asdict() for each in found.order_matters],
        "failures": {said: to_act_log(path) for said, path in found.failures.items()},
    }


def _write_key(key: StateKey) -> dict[str, Any]:
    """Return a state, without the parts that do not matter."""
    return {name: _to_plain(value) for name, value in key._asdict().items() if value}


def _to_plain(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {name: _to_plain(each) for name, each in value._asdict().items()}
    if isinstance(value, tuple):
        return [_to_plain(each) for each in value]
    return getattr(value, "value", value)


def _write_edge(edge: Edge, number: dict[StateKey, int]) -> dict[str, Any]:
    return {
        "act": edge.trigger,
        "variant": edge.variant,
        "role": edge.role.value,
        "identity": edge.identity,
        "position": edge.position,
        "to": number.get(edge.to),
    }


def _write_row(each: UnreachableRow) -> dict[str, Any]:
    row = each.row
    return {
        "trigger": row.trigger,
        "sources": [source.value for source in row.sources],
        "target": row.target.value if row.target else None,
        "source": each.source.value if each.source else None,
        "role": each.role.value if each.role else None,
    }
