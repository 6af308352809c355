"""Public names of a package that are loaded at their first use, so that it is quick to import."""

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any


def make_getattr(
    module: dict[str, Any], names: Mapping[str, Iterable[str]]
) -> Callable[[str], object]:
    """Return the `__getattr__` of a package, which loads a public name from its home, once.

    Args:
        module: the `globals()` of the package.
        names: the names in each home, a module.
    """
    homes = {name: home for home, found in names.items() for name in found}

    def load(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {module['__name__']!r} has no attribute {name!r}")
        value = module[name] = getattr(import_module(homes[name]), name)
        return value

    return load
