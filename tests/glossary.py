"""The tables of the glossary that are labels alone: the groups without a clause or a class."""

import re

from phananh.messages.labels import WORDS
from tests.house import ROOT

PAGE = ROOT / "docs" / "reference" / "glossary.md"
BLOCK = re.compile(r"(<!-- labels[^\n]* -->\n).*?(<!-- end -->)", re.DOTALL)
# The other groups are tables of the page that people write, with clauses and classes.
MADE = {
    "reason": ("Reasons not to accept", "Why a request is not accepted: `Reject.reasons`."),
    "guidance": ("Guidance", "What a citizen can do about each of these reasons."),
    "field": ("Fields", "What an act or a sender consists of."),
    "cause": ("Causes", "Why a recalculation moves a due time."),
    "outcome": ("Outcomes", "What became of a line of an act log."),
    "appointment": ("Appointments", "What became of a time that was given to the citizen."),
    "caution": ("Cautions", "What deserves a look although no rule is broken: `Case.cautions`."),
}


def page() -> str:
    """Return the page as it is, with its tables of labels made anew."""
    tables = "".join(show_group(group) for group in MADE)
    text = PAGE.read_text(encoding="utf-8")
    return BLOCK.sub(lambda found: f"{found[1]}{tables}\n{found[2]}", text)


def show_group(group: str) -> str:
    """Return the section of a group of slugs."""
    title, sentence = MADE[group]
    rows = "".join(f"| {vi} | {en} | `{slug}` |\n" for slug, (vi, en) in WORDS[group].items())
    return f"\n## {title}\n\n{sentence}\n\n| tiếng Việt | English | slug |\n|---|---|---|\n{rows}"
