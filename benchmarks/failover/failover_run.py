"""Many failovers in a row, with a table: python -m benchmarks.failover.failover_run [--rounds 20].

It ends with 1 if an acknowledged act is lost, doubled or out of order after a failover to a
synchronous replica, or if the same test does not see what an asynchronous one loses.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.failover.rounds import Outcome, lose_acknowledged, run_rounds


def print_rounds(outcome: Outcome) -> None:
    """Print a line for each failover, and what they have in common."""
    print("round  acknowledged  in doubt  first served  all served  replica rebuilt")
    for n, each in enumerate(outcome.rounds, 1):
        print(
            f"{n:5}  {each.acknowledged:12}  {each.in_doubt:8}  {each.first:10.2f} s"
            f"  {each.last:8.2f} s  {each.rebuilt:13.1f} s"
        )
    pauses = [each.last for each in outcome.rounds]
    print(f"without service: median {statistics.median(pauses):.2f} s, at most {max(pauses):.2f} s")


def print_faults(outcome: Outcome) -> None:
    """Print what is wrong, in one line each."""
    print(f"synchronous: {outcome.acknowledged} acknowledged, {len(outcome.lost)} lost")
    for name in ("lost", "doubled", "disordered"):
        for each in getattr(outcome, name)[:10]:
            print(f"{name}: {each}")


def main() -> int:
    """Run both pairs and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = run_rounds(Path(folder), rounds=options.rounds, seed=options.seed)
    print_rounds(outcome)
    print_faults(outcome)
    with tempfile.TemporaryDirectory() as folder:
        lossy = lose_acknowledged(Path(folder))
    print(f"asynchronous: {lossy.acknowledged} acknowledged, {len(lossy.lost)} lost")
    return bool(outcome.lost or outcome.doubled or outcome.disordered or not lossy.lost)


if __name__ == "__main__":
    sys.exit(main())
