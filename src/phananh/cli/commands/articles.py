"""`phananh articles`: the clauses that the code cites, and how we read what they leave open.

A clause is found as people cite it: `9.1`, `điểm c khoản 1 Điều 8`, `Điều 8 khoản 1`,
`Art. 8(1)(c)`.
"""

import json
import re
from collections.abc import Iterator
from difflib import get_close_matches
from importlib.resources import files
from typing import Any

import click
from rich.console import RenderableType

from phananh.articles import OUTSIDE, PARTLY_OUTSIDE, Article
from phananh.cli.base import (
    OK,
    SENTENCES,
    CommandError,
    RunContext,
    TranslatedCommand,
    speech_options,
)
from phananh.cli.terminal import emit, make_table
from phananh.errors import short_repr
from phananh.regulation.rules import HOA_BINH_2019
from phananh.worktime.terms.term import to_plain_words

ARTICLES, READINGS = HOA_BINH_2019.document.articles, HOA_BINH_2019.readings

_ARTICLE = r"(?:điều|article|art\.) ?(?P<article>\w+)"
_CLAUSE, _POINT = r"khoản (?P<clause>\w+)", r"điểm (?P<point>\w+)"
_FORMS = (
    rf"(?:{_POINT},? )?(?:{_CLAUSE},? )?{_ARTICLE}",
    rf"{_ARTICLE}(?:,? {_CLAUSE})?(?:,? {_POINT})?",
    rf"{_ARTICLE} ?\((?P<clause>\d+)\)(?: ?\((?P<point>\w)\))?",
    rf"{_ARTICLE} ?\((?P<point>\w)\)",
)


@click.command("articles", cls=TranslatedCommand, help="articles.help")
@click.argument("clause", metavar="[ID]", required=False)
@click.option("--readings", is_flag=True, help="articles.readings")
@click.option("--matrix", is_flag=True, help="articles.matrix")
@speech_options
@click.pass_obj
def command(
    context: RunContext, *, clause: str | None, readings: bool, matrix: bool
) -> int:  # fmt: skip
    """Print clauses or readings."""
    if readings or (clause or "").upper() in {reading.id for reading in READINGS}:
        chosen = [r for r in READINGS if clause is None or r.id.lower() == clause.strip().lower()]
        if not chosen:
            raise CommandError("no_such_reading", id=short_repr(clause))
        rows = (
            (
                r.id, context.pick(*r.gap), context.pick(*r.default), r.option or "-",
                ", ".join(r.articles),
            )
            for r in chosen
        )  # fmt: skip
        table = make_table(context, ("id", "gap", "default", "option", "clauses"), rows)
        emit(context, chosen, [table])
        return OK
    wanted = ARTICLES if clause is None else find_clauses(clause)
    if matrix:
        found = list_matrix(wanted)
        emit(context, found, _matrix(context, found))
        return OK
    facts = (
        {
            "id": each.id, "vi": each.vi, "en": each.en, "summary_vi": each.summary("vi"),
            "summary_en": each.summary("en"),
        }
        for each in wanted
    )  # fmt: skip
    emit(context, facts, _clauses(context, wanted) if wanted[1:] else _clause(context, wanted[0]))
    return OK


def find_clauses(text: str) -> tuple[Article, ...]:
    """Return the clause that a text cites, or all clauses that it covers.

    The signed text has two points c in one clause (R1), so that one citation may be of two.

    Raises:
        CommandError: there is no such clause. It names those that are near.
    """
    plain = to_plain_words(text)
    for article in ARTICLES:
        if plain in (article.id.casefold(), article.vi.casefold(), article.en.casefold()):
            return (article,)
    wanted = _to_clause_id(plain)
    found = tuple(article for article in ARTICLES if _is_within(article.id.casefold(), wanted))
    if found:
        return found
    close = get_close_matches(wanted, HOA_BINH_2019.document.clauses, n=3, cutoff=0.3)
    code = "no_such_clause" if close else "no_clause_near"
    raise CommandError(code, id=short_repr(text), close=", ".join(close))


def _to_clause_id(plain: str) -> str:
    """Return the id of what small letters cite, such as `8.1.c`; what cites nothing as it is."""
    for form in _FORMS:
        if found := re.fullmatch(form, plain):
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


def list_matrix(wanted: tuple[Article, ...]) -> list[dict[str, Any]]:
    """Return what does each clause and which tests prove it, and what of it no software does."""
    known = json.loads(files("phananh.articles").joinpath("matrix_2370.json").read_text("utf-8"))
    rows = []
    for article in wanted:
        vi, en = (OUTSIDE | PARTLY_OUTSIDE).get(article.id, (None, None))
        functions, tests = known.get(article.id, ((), ()))
        status = "outside" if article.id in OUTSIDE else "done" if functions and tests else "open"
        rows.append({
            "id": article.id, "status": status, "outside_vi": vi, "outside_en": en,
            "functions": functions, "tests": tests,
        })  # fmt: skip
    return rows


def _matrix(context: RunContext, found: list[dict[str, Any]]) -> Iterator[RenderableType]:
    """Yield a row a clause, and how many are done."""
    rows = []
    for each in found:
        status = each["status"]
        parts = (", ".join(each["functions"]), each[f"outside_{context.lang}"])
        done_by = ". ".join(filter(None, parts))
        rows.append(
            (each["id"], context.say(f"status.{status}"), done_by, ", ".join(each["tests"]))
        )
    yield make_table(context, ("id", "status", "functions", "tests"), rows)
    done, outside = (sum(each["status"] == it for each in found) for it in ("done", "outside"))
    yield context.say("matrix_sum", done=done, asked=len(found) - outside, outside=outside)


def _clauses(context: RunContext, clauses: tuple[Article, ...]) -> Iterator[RenderableType]:
    """Yield several clauses, and the reading that tells them apart where one citation is of all."""
    ids = tuple(article.id for article in clauses)
    for reading in READINGS:
        if reading.articles == ids:
            yield f"{context.pick(*reading.gap)} ({reading.id})"
    rows = ((a.id, a.text(context.lang), a.summary(context.lang)) for a in clauses)
    yield make_table(context, ("id", "clause", "what"), rows)


def _clause(context: RunContext, article: Article) -> Iterator[str]:
    """Yield a clause with its readings, and beside English the Vietnamese text of the law."""
    langs = ("vi",) if context.lang == "vi" else ("vi", "en")
    yield "  ".join((article.id, *(article.text(lang) for lang in langs)))
    yield from (article.summary(lang) for lang in langs)
    for reading in READINGS:
        if article.id in reading.articles:
            gap, default = context.pick(*reading.gap), context.pick(*reading.default)
            yield f"{reading.id}  {gap}: {default}"


SENTENCES.update({
    "articles.help": (
        "Các điều khoản của Quy chế với mã mà các câu trả lời dẫn; hoặc một điều khoản, hoặc "
        "các khoản của một điều.",
        "The clauses of the Regulation, with the ids that messages cite. With ID only one of them, "
        "or those of an article.",
    ),
    "articles.readings": (
        "Cách hiểu những nội dung Quy chế chưa quy định cụ thể, R1 đến R58.",
        "How we read what the text leaves open, R1 to R58.",
    ),
    "articles.matrix": (
        "Điều khoản nào đã thực hiện, bằng hàm nào, kiểm thử nào chứng minh, điều khoản nào nằm "
        "ngoài phần mềm và vì sao.",
        "What is done of each clause, by which functions, proved by which tests, or why it is "
        "outside software.",
    ),
    "head.functions": ("Thực hiện bởi", "Done by"),
    "head.tests": ("Kiểm thử", "Proved by"),
    "status.done": ("đã thực hiện", "done"),
    "status.open": ("chưa thực hiện", "open"),
    "status.outside": ("ngoài phần mềm", "outside software"),
    "matrix_sum": (
        "Đã thực hiện {done} trong {asked} điều khoản có yêu cầu; {outside} điều khoản ngoài phần "
        "mềm.",
        "{done} of {asked} clauses that demand something are done. {outside} are outside software.",
    ),
    "no_clause_near": (
        "không có điều khoản {id}; xem các điều khoản bằng phananh articles",
        "no clause {id}. See the clauses with phananh articles.",
    ),
    "no_such_clause": (
        "không có điều khoản {id}; gần giống: {close}", "no clause {id}. The nearest: {close}.",
    ),
    "no_such_reading": (
        "không có cách hiểu {id}; có R1 đến R58", "no reading {id}. Use R1 to R58.",
    ),
    "head.clauses": ("Điều khoản", "Clauses"),
    "head.default": ("Cách hiểu", "What we read"),
    "head.gap": ("Nội dung chưa quy định cụ thể", "Where the text is silent"),
    "head.option": ("Tùy chọn", "Option"),
    "head.what": ("Nội dung", "What it says"),
})  # fmt: skip
