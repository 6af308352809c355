"""What became of the mutants, file by file, and which survive.

A test that fails kills, and so does one that takes over twenty times its processor time, as a loop
without an end does: those have a column of their own. A mutant that pytest ends on otherwise is no
kill. One that cannot be imported does not count at all.
"""

from collections.abc import Iterable

import attrs

OUTCOMES = ("killed", "survived", "timeout", "suspicious", "broken")
Key = tuple[str, str, str, str]


@attrs.frozen
class Result:
    """A mutant and what became of it."""

    file: str
    line: int
    where: str
    before: str
    after: str
    outcome: str
    tests: int

    @property
    def key(self) -> Key:
        """What names the mutant while lines above it come and go."""
        return self.file, self.where, self.before, self.after


def find_score(results: Iterable[Result]) -> float:
    """Return how many of a hundred mutants were killed that can be imported."""
    counted = [each.outcome for each in results if each.outcome != "broken"]
    killed = counted.count("killed") + counted.count("timeout")
    return 100 * killed / len(counted) if counted else 100.0


def list_table(results: list[Result]) -> list[str]:
    """Return a line for each file, and one for all."""
    names = sorted({each.file for each in results})
    width = max(map(len, names), default=5)
    lines = [f"{'file':{width}}  {'  '.join(f'{name:>10}' for name in OUTCOMES)}  {'score':>6}"]
    for name in (*names, "all"):
        own = [each for each in results if name in (each.file, "all")]
        counts = [[each.outcome for each in own].count(outcome) for outcome in OUTCOMES]
        cells = "  ".join(f"{count:>10}" for count in counts)
        lines.append(f"{name:{width}}  {cells}  {find_score(own):>5.1f}%")
    return lines


def list_open(results: Iterable[Result]) -> list[str]:
    """Return each mutant that no test killed: where it is, and what was changed."""
    return [
        f"{each.outcome}: {each.file}:{each.line} in {each.where or 'the module'}, after"
        f" {each.tests} tests: {each.before} -> {each.after}"
        for each in results
        if each.outcome in ("survived", "suspicious")
    ]
