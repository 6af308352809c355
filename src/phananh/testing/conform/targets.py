"""The suite that a target names: an address of a store, your own suite, or a store's factory."""

import importlib
import inspect
import re
from collections.abc import Callable
from importlib.metadata import entry_points
from types import ModuleType
from typing import Any
from uuid import uuid4

from phananh.stores.base import Store
from phananh.stores.memory import MemoryStore
from phananh.stores.open import GROUP, open_store, unknown_error
from phananh.testing.conform.errors import TargetError
from phananh.testing.conform.stuck import describe_origin
from phananh.testing.conformance import StoreConformance

_OBJECT = re.compile(r"([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*):([A-Za-z_]\w*)")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_SQLITE = re.compile(r"sqlite:(?:///)?(.*)")
NEW_NAME = "{}"  # what stands in an address for a new name at each store


def find_suite(target: str) -> type[StoreConformance]:
    """Return the suite for a target.

    - `memory:`, `sqlite:PATH` (files of its own beside PATH), `postgresql://...` (schemas of its
      own), or any other address of `open_store` with `{}` in place of a new name.
    - `pkg.mod:TestOurStore`: a subclass of StoreConformance.
    - `pkg.mod:OurStore`: a callable that makes a store, called without arguments or with a path.

    Raises:
        TargetError: it is none of these.
    """
    if target == "memory:":
        return make_factory_suite(MemoryStore)
    if (path := _SQLITE.fullmatch(target)) is not None:
        from phananh.testing.conform.sqlite_stores import suite_beside

        return suite_beside(path[1])
    if target.startswith(("postgres://", "postgresql://")):
        from phananh.testing.conform.postgres_stores import suite_on_server

        return suite_on_server(target)
    if (found := _OBJECT.fullmatch(target)) is not None and not _is_scheme(found[1]):
        return _find_object_suite(*found.groups())
    return _make_address_suite(target)


def _is_scheme(name: str) -> bool:
    return bool(entry_points(group=GROUP, name=name))


def _import_module(name: str) -> ModuleType:
    """Import a module, and say in one line why it cannot be imported."""
    try:
        return importlib.import_module(name)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        if isinstance(error, ModuleNotFoundError) and f"{name}.".startswith(f"{error.name}."):
            raise TargetError(f"no module {name}: run it where it can be imported") from error
        said = f"{type(error).__name__}: {error}{describe_origin(error)}"
        raise TargetError(f"{name} cannot be imported: {' '.join(said.split())}") from error


def _find_object_suite(module: str, name: str) -> type[StoreConformance]:
    found: Any = getattr(_import_module(module), name, None)
    if isinstance(found, type) and issubclass(found, StoreConformance):
        return found
    if not callable(found):
        raise TargetError(f"{module} has no {name} that is a suite or makes a store")
    return make_factory_suite(found)


def make_factory_suite(factory: Callable[..., Store]) -> type[StoreConformance]:
    """Return a suite for stores that are made by a call, without arguments or with a path."""
    parameters = inspect.signature(factory).parameters.values()
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    wanted = [each.name for each in parameters if each.default is each.empty and each.kind in kinds]
    if len(wanted) > 1:
        raise TargetError(f"{factory.__name__} takes {', '.join(wanted)}: write a suite for it")
    if wanted:
        return type("PathSuite", (_PathSuite,), {"factory": staticmethod(factory)})
    return type("Suite", (StoreConformance,), {"make_store": lambda _self: factory()})


class _PathSuite(StoreConformance):
    """A store for each path in the folder of the test. Another handle is on the same path."""

    factory: Callable[..., Store]

    def make_store(self) -> Store:
        """Return a store at a new path."""
        return self._open(self.folder / uuid4().hex)

    def _open(self, path: Any) -> Store:
        store = self.factory(path)
        self._paths = [*getattr(self, "_paths", ()), (store, path)]
        return store

    def connect(self, store: Store) -> Store:
        """Return a store at the same path."""
        return self._open(next(path for each, path in self._paths if each is store))

    def reopen(self, store: Store) -> Store:
        """Close the store, and make it anew at the same path."""
        store.close()
        return self.connect(store)


def _make_address_suite(address: str) -> type[StoreConformance]:
    """Return a suite for an address with a new name for each store."""
    scheme = _SCHEME.match(address)
    if scheme and not (scheme[1].startswith("sqlalchemy+") or _is_scheme(scheme[1])):
        raise unknown_error(address, (entry.name for entry in entry_points(group=GROUP)))
    if NEW_NAME not in address:
        raise TargetError(_describe_missing_name(address))

    def open_at(path: Any) -> Store:
        store = open_store(address.replace(NEW_NAME, path.name), check_schema=False)
        getattr(store, "migrate", lambda: None)()
        return store

    return make_factory_suite(open_at)


def _describe_missing_name(address: str) -> str:
    """Return what to write in the place of a file of Python, or of an address without braces."""
    path = address.partition("::")[0]
    if path.endswith(".py"):
        module = path.removesuffix(".py").strip("./").replace("/", ".")
        return (
            f"{address!r} is a file; write {module}:NAME, where NAME is a subclass of "
            "StoreConformance in it, or a class or function that makes a store"
        )
    return (
        f"{address!r}: name a suite, or what makes a store, as pkg.mod:NAME; or write "
        f"{NEW_NAME} into the address, as each test needs an empty store of a new name"
    )
