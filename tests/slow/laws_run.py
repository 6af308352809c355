"""Every law of working time at 10,000 examples each: `make slow` runs this.

Each law is tried in a process of its own, as many at once as there are processors. Prints how
many examples passed and how long that took; exits with 1 if a law fails.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from time import monotonic

from tests import conftest
from tests.worktime.laws import LAWS, PASSED

MODULES = (
    "calendar.test_laws",
    "bulk.test_laws",
    "calendar.test_laws_of_days",
    "calendar.test_zones",
    "calendar.test_version",
    "calendar.test_coverage",
)


def laws() -> list[str]:
    """Return the names of all laws, in the order of their numbers."""
    for module in MODULES:
        import_module(f"tests.worktime.{module}")
    return sorted(LAWS, key=lambda name: (LAWS[name].number, name))


def _one(name: str, examples: int) -> int:
    laws()
    law = LAWS[name]
    law.tried(examples, phases=tuple(conftest.settings.default.phases))()
    print(json.dumps(PASSED[law.number]))
    return 0


def _apart(name: str, examples: int) -> tuple[str, int, float, str]:
    begin = monotonic()
    command = [sys.executable, "-m", __spec__.name, "--only", name, "--examples", str(examples)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    passed = 0 if done.returncode else int(json.loads(done.stdout.splitlines()[-1]))
    return name, passed, monotonic() - begin, done.stderr


def run(names: list[str], examples: int) -> Iterator[str]:
    """Try the laws side by side; yield the names of those that fail."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, passed, seconds, told in pool.map(lambda name: _apart(name, examples), names):
            sentence = name.removeprefix("test_law_").split("_", 1)[1].replace("_", " ")
            print(f"law {LAWS[name].number:>2} {passed:>7} examples {seconds:>5.0f} s  {sentence}")
            sys.stdout.flush()
            if passed < examples:
                print(told or f"only {passed} of {examples} examples were there to be drawn")
                yield name


def main(argv: list[str] | None = None) -> int:
    """Read `--examples` and `--only`, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=10_000)
    parser.add_argument("--only", help="the name of one law, tried in this process")
    options = parser.parse_args(argv)
    if options.only:
        return _one(options.only, options.examples)
    begin, names = monotonic(), laws()
    failed = [*run(names, options.examples)]
    numbers = {LAWS[name].number for name in names}
    print(f"{len(numbers)} laws in {len(names)} tests, {monotonic() - begin:.0f} s")
    print(f"fail: {', '.join(failed)}" if failed else "all hold")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
