"""The clause that is the ground of a step in this case, if a row of the table has several.

A lapse and a move cite the clause of the limit (Art. 9.1, 9.2), and an officer's answer after
findings 8.1.c1. A close cites the clause of the answer or refusal (8.1.a, 8.1.b, 8.1.c1, 8.2.b,
7.2). A note cites its author's duty to record (8.1.c1, 8.2.b, else 10.2.a).
"""

from collections.abc import Callable
from functools import lru_cache

from phananh.articles import Article
from phananh.regulation.case import Case
from phananh.regulation.values.request import Role

Cite = Callable[[Case], Article | None]
AGENCY_LIMIT = Article("9.2")
_FINDINGS = Article("8.1.c1")
# An officer and an agency keep the record up to date (8.1.c1), a provider its progress (8.2.b).
_NOTES = {Role.OFFICER: _FINDINGS, Role.AGENCY: _FINDINGS, Role.PROVIDER: Article("8.2.b")}
_find_article = lru_cache(Article)  # each is made once


def cite_limit(case: Case) -> Article | None:
    """Return the clause of the limit that runs, or None."""
    if case.clock is None or not case.deadlines:
        return None
    # The last one. A time that was set after its limit had run out (R4) belongs to it too.
    return _find_article(case.deadlines[-1][1].article)


def cite_findings(case: Case) -> Article | None:
    """Return 8.1.c1 once an agency has reported its findings, else None."""
    return _FINDINGS if case.findings else None


def cite_note(author: Role) -> Article | None:
    """Return the clause by which this holder adds to the record, or None for that of the row."""
    return _NOTES.get(author)


def cite_result(case: Case) -> Article | None:
    """Return the clause by which the case was answered or refused, or None while it is open."""
    return _find_article(case.result_article) if case.result_article else None
