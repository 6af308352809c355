"""`phananh articles`: the clauses that the code cites, and how we read what they leave open."""

import re
from difflib import get_close_matches
from typing import Any
from unicodedata import normalize

import click

from phananh.articles import ARTICLES, CLAUSES, Article
from phananh.cli.context import RunContext, shared
from phananh.cli.errors import CommandError
from phananh.cli.output.terminal import show, table
from phananh.cli.translated_command import TranslatedCommand
from phananh.errors import short_repr
from phananh.regulation.readings import READINGS

_ARTICLE = re.compile(r"^(điều|article|art\.) ?")


@click.command(
    "articles", cls=TranslatedCommand,
    help="The clauses of the Regulation, with the ids that messages cite; or one of them, or those "
    "of an article.",
)  # fmt: skip
@click.argument("clause", metavar="[ID]", required=False)
@click.option("--readings", is_flag=True, help="How we read what the text leaves open, R1 to R40.")
@shared
@click.pass_obj
def command(frame: RunContext, *, clause: str | None, readings: bool) -> int:
    """Print clauses or readings."""
    if readings or (clause or "").upper() in {reading.id for reading in READINGS}:
        _print_readings(frame, clause)
        return 0
    wanted = ARTICLES if clause is None else _wanted(clause)
    if frame.json:
        for article in wanted:
            frame.row(_facts(article))
    elif len(wanted) > 1:
        heads = (frame.say("Id"), frame.say("Clause"), frame.say("What it says"))
        show(
            frame, table(heads, ((a.id, a.text(frame.lang), a.summary(frame.lang)) for a in wanted))
        )
    else:
        _print_one(frame, wanted[0])
    return 0


def _wanted(clause: str) -> tuple[Article, ...]:
    """Return a clause by its id or printed form, or all clauses of an article."""
    text = " ".join(normalize("NFC", clause).casefold().split())
    for article in ARTICLES:
        if text in (article.id.casefold(), article.vi.casefold(), article.en.casefold()):
            return (article,)
    number = _ARTICLE.sub("", text)
    found = tuple(a for a in ARTICLES if a.id.casefold().startswith(f"{number}."))
    if found:
        return found
    close = get_close_matches(number, CLAUSES, n=3, cutoff=0.3) or ["9.1"]
    raise CommandError(
        "no clause {id}; close: {close}", id=short_repr(clause), close=", ".join(close)
    )


def _facts(article: Article) -> dict[str, Any]:
    said = {"summary_vi": article.summary("vi"), "summary_en": article.summary("en")}
    return {"id": article.id, "vi": article.vi, "en": article.en, **said}


def _print_one(frame: RunContext, article: Article) -> None:
    frame.line(f"{article.id}  {article.vi}  {article.en}")
    frame.line(article.summary("vi"))
    frame.line(article.summary("en"))
    for reading in READINGS:
        if article.id in reading.articles:
            gap, default = _said(reading.gap, frame), _said(reading.default, frame)
            frame.line(f"{reading.id}  {gap}: {default}")


def _said(pair: tuple[str, str], frame: RunContext) -> str:
    return pair[0 if frame.lang == "vi" else 1]


def _print_readings(frame: RunContext, wanted: str | None) -> None:
    chosen = [r for r in READINGS if wanted is None or r.id.lower() == wanted.strip().lower()]
    if not chosen:
        raise CommandError("no reading {id}; they are R1 to R40", id=short_repr(wanted))
    if frame.json:
        for reading in chosen:
            frame.row(reading.as_dict())
        return
    heads = ("Id", "Where the text is silent", "What we read", "Option", "Clauses")
    rows = (
        (r.id, _said(r.gap, frame), _said(r.default, frame), r.option or "-", ", ".join(r.articles))
        for r in chosen
    )
    show(frame, table([frame.say(head) for head in heads], rows))
