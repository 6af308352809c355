"""The capabilities of a store beyond the contract: known names only."""

from typing import Any, get_args

from phananh.stores.base import Capability, Store
from phananh.testing.contract.harness.checks import ContractError

KNOWN: frozenset[str] = frozenset(get_args(Capability))


def read_capabilities(store: Store) -> frozenset[Capability]:
    """Return the capabilities that a store declares, after checking their names."""
    found = getattr(store, "capabilities", None)
    name = store.__class__.__name__
    if not isinstance(found, frozenset):
        raise ContractError(f"`capabilities` of {name} is {found!r}, not a frozenset of names")
    if wrong := describe_unknown(found):
        raise ContractError(f"{name} declares {wrong}")
    return found


def describe_unknown(names: frozenset[Any]) -> str:
    """Return in words which names are no capabilities, and which are, empty if all are."""
    wrong = ", ".join(sorted(str(name) for name in names - KNOWN))
    return f"no such capability: {wrong}; there are {', '.join(sorted(KNOWN))}" if wrong else ""
