"""The results of the tests of the suite, as a table for people and as JSON for programs."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Literal

import attrs

Outcome = Literal["passed", "failed", "not_offered", "known_gap"]


@attrs.frozen(kw_only=True)
class TestResult:
    """The result of one test. A failed one has the problem, and the last calls that prove it."""

    __test__ = False  # no test of pytest's

    test: str
    sentence: str
    outcome: Outcome
    problem: str = ""
    calls: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class ConformReport:
    """The results of all tests on a store."""

    target: str
    store: str
    capabilities: tuple[str, ...]
    results: tuple[TestResult, ...]
    not_run: int = 0

    @property
    def is_conform(self) -> bool:
        """Whether all tests were run, none failed, and some passed."""
        counts = self.count_outcomes()
        return counts["passed"] > 0 and counts["failed"] == 0 and not self.not_run

    def count_outcomes(self) -> dict[Outcome, int]:
        """Return how many tests ended in each way."""
        found = Counter(result.outcome for result in self.results)
        names: tuple[Outcome, ...] = ("passed", "failed", "not_offered", "known_gap")
        return {name: found[name] for name in names}

    def as_json(self) -> str:
        """Return the whole report as JSON."""
        data = {
            "target": self.target,
            "store": self.store,
            "capabilities": list(self.capabilities),
            "is_conform": self.is_conform,
            "counts": self.count_outcomes(),
            "not_run": self.not_run,
            "results": [attrs.asdict(result) for result in self.results],
        }
        return json.dumps(data, ensure_ascii=False, indent=2)

    def as_table(self) -> str:
        """Return the failures, with proof, and the capabilities not offered, in lines of text."""
        return "\n".join(self._iter_lines())

    def _iter_lines(self) -> Iterator[str]:
        declared = ", ".join(self.capabilities) or "nothing beyond the contract"
        yield f"{self.store} ({self.target}) declares {declared}"
        yield ""
        yield from self._describe_failures()
        yield from self._list_skipped("not_offered", "not offered")
        yield from self._list_skipped("known_gap", "known gap")
        counts = self.count_outcomes()
        said = [f"{count} {name.replace('_', ' ')}" for name, count in counts.items()]
        yield ", ".join([*said, *([f"{self.not_run} not run"] if self.not_run else [])])

    def _describe_failures(self) -> Iterator[str]:
        """Describe each problem once, with its proof, and name the other tests that have it."""
        alike: dict[str, list[TestResult]] = {}
        for result in self.results:
            if result.outcome == "failed":
                alike.setdefault(result.problem, []).append(result)
        for first, *others in alike.values():
            yield from _describe_failure(first)
            for other in others:
                yield f"  also      {other.test}"
            yield ""

    def _list_skipped(self, outcome: Outcome, title: str) -> Iterator[str]:
        found = Counter(r.problem for r in self.results if r.outcome == outcome)
        for problem, count in sorted(found.items()):
            yield f"{title:<12}{count:>4}  {problem}"
        if found:
            yield ""


def _describe_failure(result: TestResult) -> Iterator[str]:
    yield f"FAILED      {result.test}"
    yield f"  should    {result.sentence}"
    yield f"  problem   {result.problem}"
    for n, call in enumerate(result.calls, 1):
        yield f"  call {n}    {call}"
