"""What an event's sentence cites: its clause, and the reading if the clause alone is silent.

A refusal out of competence rests on the leadership's opinion (8.3, R43), and any other on 7.2.
Article 9 calls only an agency late (9.2), so another holder is late by R2.
"""

from collections.abc import Iterator
from typing import Any

from phananh.articles import Article
from phananh.articles.article import is_of_another
from phananh.messages.event_texts import EVENT_TAILS
from phananh.messages.message import say
from phananh.regulation.values.request import Holder, Reason, Role


def clause_text(event: Any, lang: str) -> str:
    """Return the clauses of an event in words, or an empty text if none was stored with it."""
    return "; ".join(_list_clauses(event, lang))


def late_clause_text(late: Holder, article: str, lang: str) -> str:
    """Return the clause of the limit that a holder missed."""
    return cite(article, _find_late_reading(late, article), lang)


def cite(article: str, reading: str | None, lang: str) -> str:
    """Return a clause in words, and the reading beside it."""
    clause = Article(article).text(lang)
    if reading is None:
        return clause
    return say(EVENT_TAILS["reading"], lang, clause=clause, reading=reading)


def _list_clauses(event: Any, lang: str) -> Iterator[str]:
    article, name = event.article, type(event).__name__
    if article is None:
        return
    if name == "Lapsed":
        yield late_clause_text(event.late, article, lang)
        return
    without = name == "Rejected" and article == "7.2" and Reason.OUT_OF_COMPETENCE in event.reasons
    if not without or len(event.reasons) > 1:
        yield cite(article, None, lang)
    if without:
        yield cite("8.3", "R43", lang)


def _find_late_reading(late: Holder, article: str) -> str | None:
    is_named = late.role is Role.AGENCY or is_of_another(article)
    return None if is_named else "R2"
