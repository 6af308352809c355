"""Tests run in a process of their own, a fork of this one: once as they are, then on mutants.

This process loads what tests need but for `phananh`, so a fork has only that to import. The
mutated file is given to the import system of the fork: nothing on disk changes, and several
forks may run at once.
"""

import importlib
import importlib.abc
import importlib.machinery
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import CodeType, ModuleType

import attrs
import coverage
import pytest
from hypothesis import Phase, settings

PROFILE = "mutants"
# Exit codes of a fork beside those of pytest.
BROKEN, TOO_LONG = 97, 98


def prepare() -> None:
    """Load what is slow to load, and let Hypothesis draw the same examples and shrink none."""
    for name in ("hypothesis.stateful", "numpy", "pandas", "click", "rich.console"):
        importlib.import_module(name)
    settings.register_profile(
        PROFILE,
        derandomize=True,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
    )
    os.environ["HYPOTHESIS_PROFILE"] = PROFILE


def fork(work: Callable[[], int]) -> int:
    """Do some work in a fork, in silence; return its process id."""
    pid = os.fork()
    if pid:
        return pid
    code = 3
    try:
        os.setsid()
        silent = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silent, stream)
        code = work()
    finally:
        os._exit(code)


def wait(pid: int, until: float) -> int | None:
    """Return the exit code of a fork; None where it has not ended yet, killed when it is time."""
    ended, status = os.waitpid(pid, os.WNOHANG)
    if ended:
        return os.waitstatus_to_exitcode(status)
    if time.monotonic() < until:
        return None
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return TOO_LONG


@attrs.define
class Measured:
    """What a run of the tests as they are says: how long each takes, and which lines it runs."""

    seconds: dict[str, float]
    lines: dict[str, dict[int, list[str]]]  # by file: the tests that run a line

    def tests_of(self, file: str, lines: range, *, most: float) -> list[str]:
        """Return the tests that run one of these lines, the quickest first, and as time allows.

        A line that runs when the file is imported concerns every test.
        """
        known = self.lines.get(file, {})
        named = {test for line in lines for test in known.get(line, ())}
        tests = {*self.seconds} if "" in named else named
        found, total = list[str](), 0.0
        for test in sorted(tests & {*self.seconds}, key=lambda name: (self.seconds[name], name)):
            total += self.seconds[test] + 0.02
            if total > most:
                break
            found.append(test)
        return found


def measure(tests: Sequence[str], ignored: Sequence[str], files: dict[str, Path]) -> Measured:
    """Run the tests as they are; raise where one fails."""
    path = Path(f"/tmp/phananh-mutants-{os.getpid()}.json")  # noqa: S108  # for a moment
    words = [*tests, *(f"--ignore={each}" for each in ignored)]
    pid = fork(lambda: _measure(words, files, path))
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code:
        raise SystemExit(f"the tests fail as they are, with {code}: python -m pytest {words}")
    said = json.loads(path.read_text())
    path.unlink()
    lines = {
        file: {int(line): tests for line, tests in found.items()}
        for file, found in said["lines"].items()
    }
    return Measured(said["seconds"], lines)


def _measure(words: list[str], files: dict[str, Path], path: Path) -> int:
    cover = coverage.Coverage(
        data_file=None, config_file=False, include=[str(each) for each in files.values()]
    )
    watch = _Watch(cover)
    cover.start()
    code = pytest.main([*words, *_QUIET], plugins=[watch])
    cover.stop()
    data = cover.get_data()
    lines = {file: data.contexts_by_lineno(str(each)) for file, each in files.items()}
    path.write_text(json.dumps({"seconds": watch.seconds, "lines": lines}))
    return int(code)


_QUIET = (
    "-q", "-x", "--no-header", "-p", "no:cacheprovider", "-p", "no:xdist",
    "-W", "ignore::pytest.PytestAssertRewriteWarning",  # plugins were loaded before the fork
)  # fmt: skip


@attrs.define
class _Watch:
    """A plugin that tells coverage which test runs, and keeps how long each takes."""

    cover: coverage.Coverage
    seconds: dict[str, float] = attrs.Factory(dict)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.cover.switch_context(item.nodeid)
        start = time.process_time()  # which other programs make no longer
        done = yield
        self.seconds[item.nodeid] = time.process_time() - start
        self.cover.switch_context("")
        return done


def try_mutant(module: str, code: CodeType, tests: list[str], seconds: dict[str, float]) -> int:
    """Run tests on a mutated module in a fork; return its process id."""
    return fork(lambda: _try(module, code, tests, seconds))


def _try(module: str, code: CodeType, tests: list[str], seconds: dict[str, float]) -> int:
    sys.meta_path.insert(0, _Finder(module, code))
    signal.signal(signal.SIGALRM, lambda *_: os._exit(TOO_LONG))
    signal.alarm(60)
    try:
        importlib.import_module(module)
        importlib.import_module("phananh.desk.desk")
    except Exception:  # noqa: BLE001  # whatever a mutant raises
        return BROKEN
    files = sorted({name.partition("::")[0] for name in tests})
    return int(pytest.main([*files, *_QUIET], plugins=[_Choice(tests, seconds)]))


@attrs.define
class _Choice:
    """A plugin that keeps the chosen tests, in their order, and ends the one that hangs."""

    tests: list[str]
    seconds: dict[str, float]

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        signal.alarm(0)
        found = {item.nodeid: item for item in items}
        items[:] = [found[name] for name in self.tests if name in found]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        signal.alarm(30 + round(60 * self.seconds[item.nodeid]))
        done = yield
        signal.alarm(0)
        return done


@attrs.define
class _Finder(importlib.abc.MetaPathFinder):
    """What gives the import system other code for one module."""

    module: str
    code: CodeType

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
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
