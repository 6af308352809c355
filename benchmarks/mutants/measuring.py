"""The tests as they are, run once: how long each takes, and which lines it runs."""

import json
import os
import threading
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import attrs
import coverage
import pytest

from benchmarks.mutants.forks import QUIET, fork
from benchmarks.mutants.operators import Mutant
from benchmarks.mutants.targets import ROOT, module_of


@attrs.define
class Measured:
    """What a run of the tests as they are says: how long each takes, and which lines it runs."""

    seconds: dict[str, float]
    lines: dict[str, dict[int, list[str]]]  # by file: the tests that run a line

    def lines_of(self, file: str, mutant: Mutant) -> range:
        """Return the lines of a mutant, or of its whole statement where those run no code.

        Such as a text in a tuple over many lines: Python makes the tuple at the first of them.
        """
        lines = range(mutant.line, mutant.last_line + 1)
        is_code = any(line in self.lines.get(file, {}) for line in lines)
        return lines if is_code else range(mutant.statement.lineno, lines.stop)

    def is_run_by_import(self, file: str, lines: range) -> bool:
        """Return whether one of these lines runs before any test does."""
        known = self.lines.get(file, {})
        return any("" in known.get(line, ()) for line in lines)

    def tests_of(self, file: str, lines: range, *, most: float) -> list[str]:
        """Return the tests that run one of these lines, as time allows.

        Those in the file that mirrors this one come first, then those in files that import it,
        then the quickest. A line that runs when the file is imported concerns every test, and
        first those that run it again.
        """
        known = self.lines.get(file, {})
        named = {test for line in lines for test in known.get(line, ())}
        tests = {*self.seconds} if self.is_run_by_import(file, lines) else named
        found, total = list[str](), 0.0
        mirror = f"/test_{Path(file).stem}.py::"

        def rank(test: str) -> tuple[bool, bool, bool, float, str]:
            is_near = module_of(file) in _read(test.partition("::")[0])
            far = mirror not in test, not is_near
            return test not in named, *far, self.seconds[test], test

        for test in sorted(tests & {*self.seconds}, key=rank):
            total += self.seconds[test] + 0.02
            if total > most:
                break
            found.append(test)
        return found


@cache
def _read(file: str) -> str:
    return (ROOT / file).read_text()


def measure(words: Sequence[str], files: dict[str, Path]) -> Measured:
    """Run the tests as they are; raise where one fails."""
    path = Path(f"/tmp/phananh-mutants-{os.getpid()}.json")  # noqa: S108  # for a moment
    pid = fork(lambda: _measure(words, files, path))
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    said = json.loads(path.read_text()) if path.exists() else {"failed": []}
    path.unlink(missing_ok=True)
    if code:
        raise SystemExit(
            f"the tests fail as they are, with {code}: python -m pytest {' '.join(words)}\n"
            + "\n".join(said["failed"])
        )
    lines = {
        file: {int(line): tests for line, tests in found.items()}
        for file, found in said["lines"].items()
    }
    return Measured(said["seconds"], lines)


def _measure(words: Sequence[str], files: dict[str, Path], path: Path) -> int:
    cover = coverage.Coverage(
        data_file=None, config_file=False, include=[str(each) for each in files.values()]
    )
    watch = _Watch(cover)
    cover.start()
    threading.settrace(None)  # where two threads start at once, tracing ends one of them
    code = pytest.main([*words, *QUIET], plugins=[watch])
    cover.stop()
    data = cover.get_data()
    lines = {file: data.contexts_by_lineno(str(each)) for file, each in files.items()}
    found = {"seconds": watch.seconds, "failed": watch.failed, "lines": lines}
    path.write_text(json.dumps(found))
    return int(code)


@attrs.define(eq=False)  # pytest keeps plugins in sets
class _Watch:
    """A plugin that tells coverage which test runs, and keeps how long each takes, and failures."""

    cover: coverage.Coverage
    seconds: dict[str, float] = attrs.Factory(dict)
    failed: list[str] = attrs.Factory(list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what a test that fails says."""
        if report.failed:
            self.failed.append(f"{report.nodeid}\n{report.longreprtext}")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.cover.switch_context(item.nodeid)
        start = time.process_time()  # which other programs make no longer
        done = yield
        self.seconds[item.nodeid] = time.process_time() - start
        self.cover.switch_context("")
        return done
