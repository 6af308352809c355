"""Many deadlines, asked of the calendar and of the oracle: `make slow` runs this.

Prints what was reached and a digest of every deadline; exits with 1 at a difference.
The digest is the oracle's, so it is the same for a seed and a count on every machine.
"""

import argparse
import hashlib
import sys
from collections import Counter

from phananh.worktime import vietnam_calendar
from tests.oracle.compare import expected, found
from tests.slow.oracle_sample import deadlines

_SHOWN = 10


def _reached(name, start, budget, due):
    yield name
    yield "open" if due["is_open"] else "closed"
    yield "due at a closing" if not due["due is_open"] else "due inside a session"
    if due["due"].weekday() == 5:
        yield "due on a worked Saturday"
    if due["due"].date() == start.date():
        yield "due the same day"


def run(*, count: int, seed: int) -> int:
    """Compare `count` deadlines drawn from `seed`; return how many differ."""
    calendars = {name: vietnam_calendar(name) for name in ("A", "VP")}
    digest, counts, wrong = hashlib.sha256(), Counter(), 0
    for name, start, budget in deadlines(seed, count):
        ours = expected(name, start, budget)
        theirs = found(calendars[name], start, budget, ours["due"])
        if ours != theirs:
            wrong += 1
            if wrong <= _SHOWN:
                print(f"{name} {start} + {budget}: oracle {ours}, calendar {theirs}")
        counts.update(_reached(name, start, budget, ours))
        digest.update(f"{name},{start.isoformat()},{budget},{ours['due'].isoformat()}\n".encode())
    for reached, number in sorted(counts.items()):
        print(f"{number:>9} {reached}")
    if wrong:
        print(f"{wrong} of {count} deadlines differ, seed {seed}")
    else:
        print(f"{count} deadlines agree, sha256 {digest.hexdigest()}")
    return wrong


def main(argv: list[str] | None = None) -> int:
    """Read `--count` and `--seed`, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=20260101)
    options = parser.parse_args(argv)
    return 1 if run(count=options.count, seed=options.seed) else 0


if __name__ == "__main__":
    sys.exit(main())
