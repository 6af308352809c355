"""A clause as people cite it: `9.1`, `điểm c khoản 1 Điều 8`, `Điều 8 khoản 1`, `Art. 8(1)(c)`."""

import re

from phananh.articles import Article
from phananh.worktime.terms.parse import to_plain_words

_ARTICLE = r"(?:điều|article|art\.) ?(?P<article>\w+)"
_CLAUSE, _POINT = r"khoản (?P<clause>\w+)", r"điểm (?P<point>\w+)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?:{_POINT},? )?(?:{_CLAUSE},? )?{_ARTICLE}",
        rf"{_ARTICLE}(?:,? {_CLAUSE})?(?:,? {_POINT})?",
        rf"{_ARTICLE} ?\((?P<clause>\d+)\)(?: ?\((?P<point>\w)\))?",
        rf"{_ARTICLE} ?\((?P<point>\w)\)",
    )
)


def find_clauses(text: str, articles: tuple[Article, ...]) -> tuple[Article, ...]:
    """Return the clause that a text cites, or all that it covers; none if there is none.

    The signed text has two points c in one clause (R1), so that one citation may be of two.
    """
    plain = to_plain_words(text)
    for article in articles:
        if plain in (article.id.casefold(), article.vi.casefold(), article.en.casefold()):
            return (article,)
    wanted = to_clause_id(plain)
    return tuple(article for article in articles if _is_within(article.id.casefold(), wanted))


def to_clause_id(plain: str) -> str:
    """Return the id of what small letters cite, such as `8.1.c`; what cites nothing as it is."""
    for form in _FORMS:
        if found := form.fullmatch(plain):
            parts = found.groupdict()
            point = parts.get("point")
            letter = "dd" if point == "đ" else point
            return ".".join(filter(None, (parts["article"], parts.get("clause"), letter)))
    return plain


def _is_within(clause: str, wanted: str) -> bool:
    """Return whether a clause is the wanted one, below it, or one of several of its letter."""
    rest = clause.removeprefix(wanted)
    if not wanted or rest == clause:
        return False
    return not rest or rest.startswith(".") or (wanted[-1].isalpha() and rest.isdigit())
