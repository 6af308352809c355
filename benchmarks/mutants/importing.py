"""A mutant that is imported in place of the file: what runs when the file is imported is mutated.

The mutated file is given to the import system of a fork: nothing on disk changes. Tests that read
the source of the package find the mutated text there.
"""

import importlib
import importlib.abc
import importlib.machinery
import signal
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from types import CodeType, ModuleType

import attrs
import pytest

from benchmarks.mutants.forks import BROKEN, QUIET, fork, limit, wait


def try_import(module: str, code: CodeType, tests: list[str], seconds: dict[str, float]) -> int:
    """Run tests in a fork that imports a mutated module; return its exit code.

    Those in the file that mirrors the module go first, so that often no other is collected.
    """
    mirror = f"/test_{module.rpartition('.')[2]}.py::"
    near = [test for test in tests if mirror in test]
    far = [test for test in tests if mirror not in test]
    run = partial(_try, module, code, seconds)
    outcomes = (wait(fork(partial(run, some))) for some in (near, far) if some)
    return next((each for each in outcomes if each), 0)


def _try(module: str, code: CodeType, seconds: dict[str, float], tests: list[str]) -> int:
    sys.meta_path.insert(0, Finder(module, code))
    with limit(1):
        try:
            importlib.import_module(module)
            importlib.import_module("phananh.desk.desk")
        except Exception:  # noqa: BLE001  # whatever a mutant raises
            return BROKEN
    files = sorted({name.partition("::")[0] for name in tests})
    signal.setitimer(signal.ITIMER_PROF, 60)  # until they are collected
    return int(pytest.main([*files, *QUIET], plugins=[_Choice(tests, seconds)]))


def try_reading(file: Path, text: str, tests: Sequence[str]) -> int:
    """Run tests that read a mutated file as text, in a fork; return its exit code."""
    return wait(fork(partial(_read_mutated, file, text, tests)))


def _read_mutated(file: Path, text: str, tests: Sequence[str]) -> int:
    read = Path.read_text
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            Path, "read_text", lambda path, **how: text if path == file else read(path, **how)
        )
        return int(pytest.main([*tests, *QUIET]))


@attrs.define
class _Choice:
    """A plugin that keeps the chosen tests, in their order, and ends the one that hangs."""

    tests: list[str]
    seconds: dict[str, float]

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        found = {item.nodeid: item for item in items}
        items[:] = [found[name] for name in self.tests if name in found]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        with limit(self.seconds[item.nodeid]):
            return (yield)


@attrs.define
class Finder(importlib.abc.MetaPathFinder):
    """What gives the import system other code for one module."""

    module: str
    code: CodeType

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Find the module where it is, and load the mutated code for it."""
        if name != self.module:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is not None and spec.origin is not None:
            spec.loader = _Loader(name, spec.origin, self.code)
        return spec


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, fullname: str) -> CodeType:
        """Return the mutated code, whatever stands on disk."""
        return self._code
