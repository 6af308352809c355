"""Run a sample of the mutants: python -m benchmarks.mutants --seed 1 --count 120.

The same seed gives the same sample of the same code, and code that changes leaves the other
mutants in it. `--only desk:` tries a part of it, and `--seconds` ends the run early; the report
says how many were tried. Ends with 1 where in one group fewer than 95 of a hundred were
killed.
"""

import argparse
import ast
import hashlib
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import attrs

from benchmarks.mutants import report
from benchmarks.mutants.forks import BROKEN, TOO_LONG, prepare
from benchmarks.mutants.importing import try_import, try_reading
from benchmarks.mutants.measuring import Measured, measure
from benchmarks.mutants.operators import list_mutants
from benchmarks.mutants.replacing import Collected, collect, list_changed
from benchmarks.mutants.targets import GROUPS, READERS, Group, list_files, module_of

LEAST = 95.0
MOST_OF_TESTS = 40.0  # seconds that the tests of one mutant take when nothing else runs
# A test that cannot even be collected fails too, and so does a conftest that cannot be imported:
# its own module meets the defect.
CODES = {0: "survived", 1: "killed", 2: "killed", 4: "killed"}
CODES |= {BROKEN: "broken", TOO_LONG: "timeout"}


@attrs.frozen
class Chosen:
    """A mutant of the sample: the number that it has in its file."""

    group: Group
    file: str
    number: int
    key: report.Key

    def rank(self, seed: int) -> bytes:
        """Return what orders the mutants at random, whatever other mutants there are."""
        return hashlib.sha256("\n".join((str(seed), *self.key)).encode()).digest()


def find_package() -> Path:
    """Return the folder of `phananh`, without importing it."""
    spec = find_spec("phananh")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def choose(package: Path, options: argparse.Namespace) -> list[Chosen]:
    """Return the samples of the groups, or the part of them that is asked for."""
    found = list[Chosen]()
    for group in GROUPS:
        every = [
            Chosen(group, file, number, (file, mutant.where, *mutant.texts()))
            for file in list_files(group, package)
            for number, mutant in enumerate(list_mutants(ast.parse((package / file).read_bytes())))
        ]
        sample = sorted(every, key=lambda each: each.rank(options.seed))[: options.count]
        part = (each for each in sample if options.only in f"{group.name}:{each.file}")
        found += sorted(part, key=lambda each: (each.file, each.number))
    return found


@attrs.define
class Run:
    """The mutants of one group that are being tried, and the results so far."""

    package: Path
    measured: Measured
    collected: Collected
    until: float
    results: list[report.Result] = attrs.Factory(list)

    def try_all(self, sample: list[Chosen]) -> None:
        """Try mutants until all are done, or the time is over."""
        for chosen in sample:
            if time.monotonic() > self.until:
                break
            self.results.append(self._try(chosen))
            _tell(self.results[-1])

    def _try(self, chosen: Chosen) -> report.Result:
        path = self.package / chosen.file
        tree = ast.parse(path.read_bytes())
        old = compile(tree, str(path), "exec")
        mutant = list_mutants(tree)[chosen.number]
        lines = self.measured.lines_of(chosen.file, mutant)
        tests = self.measured.tests_of(chosen.file, lines, most=MOST_OF_TESTS)
        before, after = mutant.texts()
        mutant.apply()
        new = compile(ast.fix_missing_locations(tree), str(path), "exec")
        pairs = list_changed(old, new)
        code = None if tests else 0  # what no test runs survives
        if tests and not self.measured.is_run_by_import(chosen.file, lines) and pairs:
            code = self.collected.try_functions(pairs, tests)
        if code is None:
            code = try_import(module_of(chosen.file), new, tests, self.measured.seconds)
        code = code or try_reading(path, ast.unparse(tree), READERS)
        outcome = CODES.get(code, "suspicious")
        return report.Result(
            chosen.file, mutant.line, mutant.where, before, after, outcome, len(tests)
        )


def _tell(result: report.Result) -> None:
    if result.outcome not in ("killed", "broken"):
        print(f"{result.outcome}: {result.file}:{result.line} {result.before} -> "
              f"{result.after}", file=sys.stderr, flush=True)  # fmt: skip


def run(package: Path, sample: list[Chosen], until: float) -> list[report.Result]:
    """Measure the tests of each group as they are, then try its mutants."""
    found: list[report.Result] = []
    for group in GROUPS:
        own = [each for each in sample if each.group is group]
        if own and time.monotonic() < until:
            words = [*group.tests, *(f"--ignore={each}" for each in group.ignored)]
            measured = measure(words, {each.file: package / each.file for each in own})
            collected = collect(words, measured.seconds)
            print(f"{group.name}: {len(measured.seconds)} tests", file=sys.stderr, flush=True)
            tried = Run(package, measured, collected, until)
            tried.try_all(own)
            collected.end()
            found += tried.results
    return found


def main() -> int:
    """Run the sample, print the report, and say whether it is good enough."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=120)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--only", default="", help="such as desk: or desk/core.py")
    options = parser.parse_args()
    package = find_package()
    sample = choose(package, options)
    prepare()
    results = run(package, sample, time.monotonic() + options.seconds)
    print(*report.list_open(results), sep="\n")
    print(f"\nseed {options.seed}: {len(results)} tried of a sample of {len(sample)}")
    print(*report.list_table(results), sep="\n")
    scores = {
        group.name: report.find_score(each for each in results if each.file in files)
        for group in GROUPS
        for files in [list_files(group, package)]
    }
    print(*(f"{name}: {score:.1f} %" for name, score in scores.items()), sep="\n")
    return int(min(scores.values()) < LEAST)


if __name__ == "__main__":
    sys.exit(main())
