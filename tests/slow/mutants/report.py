"""What became of the mutants, file by file, and what is known of those that survive.

Only a test that fails kills. A mutant that runs for too long, or that pytest ends on otherwise,
stands in a column of its own and is no kill; one that cannot be imported is none either, and
does not count at all.
"""

import json
import tomllib
from collections.abc import Iterable
from pathlib import Path

import attrs

SURVIVORS = Path(__file__).with_name("survivors.toml")
OUTCOMES = ("killed", "survived", "timeout", "suspicious", "explained", "broken")
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


def read_explained() -> dict[Key, str]:
    """Return the survivors that somebody has looked at, each with the reason why it may be."""
    rows = tomllib.loads(SURVIVORS.read_text(encoding="utf-8")).get("survivor", [])
    return {(row["file"], row["where"], row["before"], row["after"]): row["reason"] for row in rows}


def explain(results: Iterable[Result]) -> list[Result]:
    """Return the results, with those survivors marked that are explained."""
    known = read_explained()
    return [
        attrs.evolve(each, outcome="explained")
        if each.outcome in ("survived", "timeout", "suspicious") and each.key in known
        else each
        for each in results
    ]


def find_score(results: Iterable[Result]) -> float:
    """Return how many of a hundred mutants were killed that are neither broken nor explained."""
    counted = [each.outcome for each in results if each.outcome not in ("broken", "explained")]
    return 100 * counted.count("killed") / len(counted) if counted else 100.0


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
    """Return each mutant that is to be killed or explained, as `survivors.toml` would have it."""
    found = []
    for each in results:
        if each.outcome not in ("survived", "timeout", "suspicious"):
            continue
        found.append(f"\n# line {each.line}, {each.outcome}, after {each.tests} tests")
        found.append("[[survivor]]")
        for name in ("file", "where", "before", "after"):
            value = getattr(each, name)
            found.append(f"{name} = {json.dumps(value, ensure_ascii=False)}")
        found.append('reason = ""')
    return found
