"""A second `phananh.worktime` beside the real one, with one line of its source changed.

Nothing real is touched: what is drawn for a law, and what a law holds the answers against,
stays sound, so a defect is found by the law and not by its own shadow.
"""

import io
import pickle
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs

import phananh.worktime

REAL = "phananh.worktime"
HOUSE = Path(phananh.worktime.__file__).parent
_NUMBERS = count()


@attrs.frozen(kw_only=True)
class Mutant:
    """One change of one line, and the name of the law or case that must find it."""

    name: str
    module: str
    old: str
    new: str
    found_by: str

    def source(self, module: str) -> str:
        """Return the source of a module, changed if it is this mutant's."""
        text = (HOUSE / f"{module}.py").read_text(encoding="utf-8")
        if module != self.module:
            return text
        if text.count(self.old) != 1:
            raise LookupError(f"{self.name}: {text.count(self.old)} times in {module}: {self.old}")
        return text.replace(self.old, self.new)


class _Finder(MetaPathFinder, Loader):
    def __init__(self, alias: str, mutant: Mutant) -> None:
        self.alias, self.mutant = alias, mutant

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Claim the alias and what lies under it."""
        if fullname != self.alias and not fullname.startswith(f"{self.alias}."):
            return None
        inside = fullname.removeprefix(self.alias).strip(".").replace(".", "/")
        package = not inside or (HOUSE / inside).is_dir()
        return ModuleSpec(fullname, self, is_package=package)

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed source; the package itself is left empty."""
        inside = module.__name__.removeprefix(self.alias).strip(".").replace(".", "/")
        if inside:
            path = inside if not (HOUSE / inside).is_dir() else f"{inside}/__init__"
            source = self.mutant.source(path).replace(REAL, self.alias)
            exec(compile(source, f"<spoilt {inside}>", "exec"), module.__dict__)  # noqa: S102


class _Translated(pickle.Unpickler):
    """Reads real values as values of the spoilt library."""

    def __init__(self, data: bytes, alias: str) -> None:
        super().__init__(io.BytesIO(data))
        self.alias = alias

    def find_class(self, module: str, name: str) -> Any:
        """Look a class up in the spoilt library, if it is one of the real one's."""
        return super().find_class(module.replace(REAL, self.alias), name)


@attrs.frozen
class Spoilt:
    """Builds calendars as `WorkCalendar` does, out of the parts of real ones."""

    alias: str

    def __call__(self, **parts: Any) -> Any:
        """Return the spoilt calendar of real parts."""
        translated = _Translated(pickle.dumps(parts), self.alias).load()
        return import_module(f"{self.alias}.calendar.work_calendar").WorkCalendar(**translated)

    def add_many(self, *given: Any) -> Any:
        """Return the spoilt answer for arrays."""
        return import_module(f"{self.alias}.bulk.operations").add_many(*given)


@contextmanager
def spoilt(mutant: Mutant) -> Iterator[Spoilt]:
    """Import the library once more, with one change, and forget it afterwards."""
    alias = f"spoilt_{next(_NUMBERS)}"
    finder = _Finder(alias, mutant)
    sys.meta_path.insert(0, finder)
    try:
        yield Spoilt(alias)
    finally:
        sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if name.split(".")[0] == alias]:
            del sys.modules[name]
