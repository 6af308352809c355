"""`phananh articles`: the clauses that the code cites, and how we read what they leave open."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

import click
from rich.console import RenderableType

from phananh.articles import Article
from phananh.cli.context import RunContext, speech_options
from phananh.cli.errors import CommandError
from phananh.cli.input.clauses import find_clauses, to_clause_id
from phananh.cli.output.emit import emit
from phananh.cli.output.terminal import make_table
from phananh.cli.translated_command import TranslatedCommand
from phananh.errors import short_repr
from phananh.regulation.readings import Reading
from phananh.regulation.rules import HOA_BINH_2019
from phananh.worktime.terms.parse import to_plain_words

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
