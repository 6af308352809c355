"""Run a sample of the mutants: python -m tests.slow.mutants --seed 1 --count 500.

The same seed gives the same sample of the same files. `--seconds` ends the run early, and the
report says how many of the sample were tried. Ends with 1 where fewer than 95 of a hundred
were killed, or where one that survives is not explained in `survivors.toml`.
"""

import argparse
import ast
import random
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import attrs

from tests.slow.mutants import report, session
from tests.slow.mutants.operators import list_mutants
from tests.slow.mutants.targets import GROUPS, Group, list_files, module_of

LEAST = 95.0
MOST_OF_TESTS = 40.0  # seconds that the tests of one mutant take when nothing else runs
CODES = {0: "survived", 1: "killed", session.BROKEN: "broken", session.TOO_LONG: "timeout"}


@attrs.frozen
class Chosen:
    """A mutant of the sample: the number that it has in its file."""

    group: Group
    file: str
    number: int


def find_package() -> Path:
    """Return the folder of `phananh`, without importing it."""
    spec = find_spec("phananh")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def choose(package: Path, options: argparse.Namespace) -> tuple[list[Chosen], int]:
    """Return the sample, and of how many it is one."""
    every = [
        Chosen(group, file, number)
        for group in GROUPS
        for file in list_files(group, package)
        if options.only in f"{group.name}:{file}"
        for number, _ in enumerate(list_mutants(ast.parse((package / file).read_bytes())))
    ]
    count = min(options.count, len(every))
    sample = random.Random(options.seed).sample(every, count)
    return sorted(sample, key=lambda it: (it.group.name, it.file, it.number)), len(every)


@attrs.define
class Run:
    """The mutants that are being tried, and the results so far."""

    package: Path
    jobs: int
    until: float
    results: list[report.Result] = attrs.Factory(list)
    _running: dict[int, tuple[report.Result, float]] = attrs.Factory(dict)

    def try_all(self, sample: list[Chosen], measured: session.Measured) -> None:
        """Try mutants of one group until all are done, or the time is over."""
        for chosen in sample:
            while len(self._running) >= self.jobs:
                self._collect()
            if time.monotonic() > self.until:
                break
            self._start(chosen, measured)
        while self._running:
            self._collect()

    def _start(self, chosen: Chosen, measured: session.Measured) -> None:
        path = self.package / chosen.file
        tree = ast.parse(path.read_bytes())
        mutant = list_mutants(tree)[chosen.number]
        lines = range(mutant.line, mutant.last_line + 1)
        tests = measured.tests_of(chosen.file, lines, most=MOST_OF_TESTS)
        before, after = mutant.texts()
        mutant.apply()
        code = compile(ast.fix_missing_locations(tree), str(path), "exec")
        result = report.Result(
            chosen.file, mutant.line, mutant.where, before, after, "", len(tests)
        )
        if not tests:
            self._note(attrs.evolve(result, outcome="survived"))
            return
        pid = session.try_mutant(module_of(chosen.file), code, tests, measured.seconds)
        self._running[pid] = result, time.monotonic() + 600

    def _collect(self) -> None:
        for pid, (result, until) in [*self._running.items()]:
            code = session.wait(pid, until)
            if code is not None:
                del self._running[pid]
                self._note(attrs.evolve(result, outcome=CODES.get(code, "suspicious")))
        time.sleep(0.01)

    def _note(self, result: report.Result) -> None:
        self.results.append(result)
        if result.outcome not in ("killed", "broken"):
            print(f"{result.outcome}: {result.file}:{result.line} {result.before} -> "
                  f"{result.after}", file=sys.stderr, flush=True)  # fmt: skip


def run(package: Path, sample: list[Chosen], options: argparse.Namespace) -> list[report.Result]:
    """Measure the tests of each group as they are, then try its mutants."""
    found = Run(package, options.jobs, time.monotonic() + options.seconds)
    for group in GROUPS:
        own = [each for each in sample if each.group is group]
        if own and time.monotonic() < found.until:
            files = {each.file: package / each.file for each in own}
            measured = session.measure(group.tests, group.ignored, files)
            print(f"{group.name}: {len(measured.seconds)} tests", file=sys.stderr, flush=True)
            found.try_all(own, measured)
    return report.explain(found.results)


def main() -> int:
    """Run the sample, print the report, and say whether it is good enough."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--only", default="", help="such as desk: or desk/core.py")
    options = parser.parse_args()
    package = find_package()
    sample, every = choose(package, options)
    session.prepare()
    results = run(package, sample, options)
    print(*report.list_open(results), sep="\n")
    print(f"\nseed {options.seed}: {len(results)} tried of a sample of {len(sample)}, "
          f"out of {every}")  # fmt: skip
    print(*report.list_table(results), sep="\n")
    is_open = any(each.outcome in ("survived", "timeout", "suspicious") for each in results)
    return int(is_open or report.find_score(results) < LEAST)


if __name__ == "__main__":
    sys.exit(main())
