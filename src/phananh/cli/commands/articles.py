"""`phananh articles`: the clauses that the code cites, and how we read what they leave open."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

import click
from rich.console import RenderableType

from phananh.articles import Article
from phananh.cli.context import SENTENCES, RunContext, speech_options
from phananh.cli.errors import CommandError
from phananh.cli.terminal import emit, make_table
from phananh.cli.translated_command import TranslatedCommand
from phananh.errors import short_repr
from phananh.regulation.readings import Reading
from phananh.regulation.rules import HOA_BINH_2019
from phananh.worktime.terms.term import to_plain_words

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


ARTICLES, READINGS = HOA_BINH_2019.document.articles, HOA_BINH_2019.readings


@click.command("articles", cls=TranslatedCommand, help="articles.help")
@click.argument("clause", metavar="[ID]", required=False)
@click.option("--readings", is_flag=True, help="articles.readings")
@speech_options
@click.pass_obj
def command(context: RunContext, *, clause: str | None, readings: bool) -> int:
    """Print clauses or readings."""
    if readings or (clause or "").upper() in {reading.id for reading in READINGS}:
        chosen = _find_readings(clause)
        emit(context, chosen, [_reading_table(context, chosen)])
    else:
        wanted = ARTICLES if clause is None else _find_clauses(clause)
        several = len(wanted) > 1
        texts = _clauses(context, wanted) if several else _clause_lines(context, wanted[0])
        emit(context, map(_facts, wanted), texts)
    return 0


def _find_clauses(clause: str) -> tuple[Article, ...]:
    """Return a clause by its id or as it is cited, or all clauses of an article."""
    if found := find_clauses(clause, ARTICLES):
        return found
    wanted = to_clause_id(to_plain_words(clause))
    close = get_close_matches(wanted, HOA_BINH_2019.document.clauses, n=3, cutoff=0.3)
    if not close:
        raise CommandError("no_clause_near", id=short_repr(clause))
    raise CommandError("no_such_clause", id=short_repr(clause), close=", ".join(close))


def _find_readings(wanted: str | None) -> list[Reading]:
    chosen = [r for r in READINGS if wanted is None or r.id.lower() == wanted.strip().lower()]
    if not chosen:
        raise CommandError("no_such_reading", id=short_repr(wanted))
    return chosen


def _facts(article: Article) -> dict[str, Any]:
    summaries = {"summary_vi": article.summary("vi"), "summary_en": article.summary("en")}
    return {"id": article.id, "vi": article.vi, "en": article.en, **summaries}


def _clauses(context: RunContext, clauses: tuple[Article, ...]) -> Iterator[RenderableType]:
    """Yield several clauses, and the reading that tells them apart where one citation is of all."""
    ids = tuple(article.id for article in clauses)
    for reading in READINGS:
        if reading.articles == ids:
            yield f"{context.pick(*reading.gap)} ({reading.id})"
    yield _clause_table(context, clauses)


def _clause_table(context: RunContext, clauses: tuple[Article, ...]) -> RenderableType:
    rows = ((a.id, a.text(context.lang), a.summary(context.lang)) for a in clauses)
    return make_table(context, ("id", "clause", "what"), rows)


def _clause_lines(context: RunContext, article: Article) -> Iterator[str]:
    """Yield a clause with its readings, and beside English the Vietnamese text of the law."""
    langs = ("vi",) if context.lang == "vi" else ("vi", "en")
    yield "  ".join((article.id, *(article.text(lang) for lang in langs)))
    yield from (article.summary(lang) for lang in langs)
    for reading in READINGS:
        if article.id in reading.articles:
            gap, default = context.pick(*reading.gap), context.pick(*reading.default)
            yield f"{reading.id}  {gap}: {default}"


def _reading_table(context: RunContext, readings: list[Reading]) -> RenderableType:
    names = ("id", "gap", "default", "option", "clauses")
    rows = (
        (
            r.id, context.pick(*r.gap), context.pick(*r.default), r.option or "-",
            ", ".join(r.articles),
        )
        for r in readings
    )  # fmt: skip
    return make_table(context, names, rows)


SENTENCES.update({
    "articles.help": (
        "Các điều khoản của Quy chế với mã mà các câu trả lời dẫn; hoặc một điều khoản, hoặc "
        "các khoản của một điều.",
        "The clauses of the Regulation, with the ids that messages cite. With ID only one of them, "
        "or those of an article.",
    ),
    "articles.readings": (
        "Cách hiểu những chỗ Quy chế để ngỏ, R1 đến R48.",
        "How we read what the text leaves open, R1 to R48.",
    ),
    "no_clause_near": (
        "không có điều khoản {id}; xem các điều khoản bằng phananh articles",
        "no clause {id}. See the clauses with phananh articles.",
    ),
    "no_such_clause": (
        "không có điều khoản {id}; gần giống: {close}", "no clause {id}. The nearest: {close}.",
    ),
    "no_such_reading": (
        "không có cách hiểu {id}; có R1 đến R48", "no reading {id}. Use R1 to R48.",
    ),
    "head.clauses": ("Điều khoản", "Clauses"),
    "head.default": ("Cách hiểu", "What we read"),
    "head.gap": ("Chỗ để ngỏ", "Where the text is silent"),
    "head.option": ("Tùy chọn", "Option"),
    "head.what": ("Nội dung", "What it says"),
})  # fmt: skip
