"""Checks the rules of a sample province: python examples/sla_rules/sla_rules.py"""

import sys
from datetime import timedelta

from province import MISTAKEN, PROVINCE

from phananh.testing import Expected, check, explore

# What the document says, typed by somebody who reads it and not the code.
TEXT = Expected(officer_limit=timedelta(hours=8), agency_limit=timedelta(hours=16), reschedules=1)


def say(doing: str) -> None:
    """Say on a terminal what the program does, because some of it takes ten seconds."""
    if sys.stderr.isatty():
        print(f"... {doing}", file=sys.stderr)


say("walking through every state that a case can come to")
# Our guard reads the act alone, so nothing more of the past tells two cases apart.
print(explore(PROVINCE, guards_read=()))
print()
say("trying every step in each of them against the invariants")
print(
    "The rules as they should be:",
    check(PROVINCE, expected=TEXT, guards_read=()) or "no counterexample",
)
print()
print("The same rules, whose author forgot to count reschedules:")
say("looking for the shortest acts that break one")
for example in check(MISTAKEN, expected=TEXT, guards_read=(), only=["V21"]):
    print(example)
