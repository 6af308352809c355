"""Many random act logs, read by the library and by the second reading: `make slow` runs this.

Prints what was reached and a digest of every line with what becomes of it; every tenth log is also
replayed again. Exits with 1 at a difference. The digest is the reading's, so it is the same for a
first seed and a number of logs on every machine.
"""

import argparse
import hashlib
import sys
from collections import Counter

from phananh import MemoryStore
from tests.act_log.two_readings import Answers, read_both, replay_again
from tests.oracle.logs import draw

_SHOWN = 10
_RERUN_EVERY = 10


def _digested(answers: Answers) -> bytes:
    told = {**answers.reading, "reasons": sorted(map(str, answers.reading["reasons"]))}
    return f"{answers.seed} {answers.line!r} {told}\n".encode()


def _reruns_differ(seed: int) -> int:
    return sum(said != fresh for said, fresh in replay_again(draw(seed), MemoryStore()))


def run(*, logs: int, seed: int) -> int:
    """Compare so many logs, from a first seed on; return how many lines and runs differ."""
    digest, counts = hashlib.sha256(), Counter[str]()
    wrong = again = 0
    for drawn in range(seed, seed + logs):
        for answers in read_both(draw(drawn)):
            counts[answers.library["outcome"]] += 1
            digest.update(_digested(answers))
            if answers.differ:
                wrong += 1
                if wrong <= _SHOWN:
                    print(answers)
        if drawn % _RERUN_EVERY == 0:
            again += _reruns_differ(drawn)
    for outcome, number in sorted(counts.items()):
        print(f"{number:>9} {outcome}")
    if wrong or again:
        last = seed + logs - 1
        print(f"{wrong} of {counts.total()} lines differ, seeds {seed} to {last}; {again} reruns")
    else:
        print(f"{logs} logs, {counts.total()} lines agree, sha256 {digest.hexdigest()}")
    return wrong + again


def main(argv: list[str] | None = None) -> int:
    """Read `--logs` and `--seed`, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--logs", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=1_000, help="the first of the seeds")
    options = parser.parse_args(argv)
    return 1 if run(logs=options.logs, seed=options.seed) else 0


if __name__ == "__main__":
    sys.exit(main())
