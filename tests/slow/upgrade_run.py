"""Deadlines stored under one release of `holidays`, read under another: `make slow` runs this.

Makes two virtual environments. Under the older release a desk receives cases whose deadlines
run into the years that only the package predicts; under the newer one each is explained,
verified and finds its calendar. The versions of the calendars are compared too. Exits with 1
at a difference.
"""

import argparse
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from datetime import datetime, timedelta
from os import environ, pathsep
from pathlib import Path

import phananh
from phananh import Desk, Role, open_store, vietnam_calendar
from tests.desk import people
from tests.slow.calendar_versions import versions

RELEASES = ("0.106", "0.109")
_ROOT = Path(__file__).parents[2]


def _desk(path: Path, hand: people.Hand) -> Desk:
    """Return a desk whose officers keep a preset, and whose agencies two put together."""
    both = vietnam_calendar("A") & vietnam_calendar("VP")
    hours = {Role.OFFICER: vietnam_calendar("VP"), Role.AGENCY: both}
    return Desk(store=open_store(str(path)), calendar=hours, clock=hand)


def write(path: Path) -> Iterator[str]:
    """Store a case with an officer at each of some moments, and return the versions."""
    hand = people.Hand()
    desk = _desk(path, hand)
    for days in (0, 119, 302, 700, 1400):
        hand.at = people.MORNING + timedelta(days=days, hours=8)
        people.with_officer(desk)
        people.with_agency(desk, hand)
    yield from (f"{name}: {version}" for name, version in versions().items())


def read(path: Path) -> Iterator[str]:
    """Explain and verify each stored deadline, and return the versions."""
    desk = _desk(path, people.Hand(datetime(2031, 1, 6, 8, tzinfo=people.VIETNAM)))
    rows = desk.find().rows
    assert len(rows) == 10
    for case in (desk.get(row.case) for row in rows):
        wrong = desk.verify(case)
        assert not wrong, (case.id, wrong)
        assert desk.explain(case)
        for _, deadline in case.deadlines:
            assert desk.calendar_of(deadline).version == deadline.version
    yield from (f"{name}: {version}" for name, version in versions().items())


def _python(work: Path, release: str) -> Path:
    """Return the interpreter of a new environment with that release."""
    folder = work / release
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    asked = [f"holidays=={release}", "attrs", "transitions"]
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *asked]
    subprocess.run(pip, check=True)
    return python


def _said(python: Path, task: str, path: Path) -> list[str]:
    package = Path(phananh.__file__).parents[1]
    env = {**environ, "PYTHONPATH": pathsep.join((str(package), str(_ROOT)))}
    ask = [python, "-m", "tests.slow.upgrade_run", task, path]
    done = subprocess.run(ask, check=True, stdout=subprocess.PIPE, text=True, env=env)
    return done.stdout.splitlines()


def compare() -> int:
    """Write under the older release, read under the newer one; return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        path, (older, newer) = work / "cases.db", (_python(work, each) for each in RELEASES)
        before, after = _said(older, "write", path), _said(newer, "read", path)
    differing = [f"{one} | {other}" for one, other in zip(before, after, strict=True)
                 if one != other]  # fmt: skip
    print(*differing or [f"{len(before)} calendars alike, all deadlines verified"], sep="\n")
    return 1 if differing else 0


def main(argv: list[str] | None = None) -> int:
    """Compare both releases; `write` and `read` are what each of the two environments runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", nargs="?", choices=("write", "read"))
    parser.add_argument("path", nargs="?", type=Path)
    options = parser.parse_args(argv)
    if options.task is None:
        return compare()
    print(*{"write": write, "read": read}[options.task](options.path), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
