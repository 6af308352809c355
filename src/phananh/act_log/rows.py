"""One row of a log that is a table: cells under headings in, the keys of a line of JSON out.

The headings are the keys of a line, with a dot inside of an object, or their words in Vietnamese
or English. A cell has a slug, its words, or some of these words that no others have.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from phananh.act_log.entry import FIELDS, Json
from phananh.errors import InputError
from phananh.messages.labels import WORDS, capitalize, word
from phananh.regulation.acts import TARGETS
from phananh.regulation.cleaning import fold_marks

COLUMNS = (
    "act", "at", "by.id", "by.role", "by.unit", "case", "kind", "channel", "content",
    "sender.name", "sender.phone", "sender.email", "sender.address", "sender.id", "accused.id",
    "accused.unit", "about_unit", "to.id", "to.role", "to.unit", "text", "documents", "agency",
    "focal", "appointment", "reschedule.to", "reason", "reasons", "guidance", "within_competence",
    "unit", "score", "procedure", "language", "key",
)  # fmt: skip
_LONGEST = 1_000  # characters of words that are compared: to fold a huge text would take minutes
HEADINGS = WORDS["field"] | WORDS["column"]
_TIMES = ("at", "appointment", "reschedule.to")
_GROUPS = {
    "act": "trigger", "by.role": "role", "kind": "kind", "channel": "channel", "to.role": "role",
    "reasons": "reason", "within_competence": "boolean",
}  # fmt: skip
# It is any of them, in the Regulation too.
_STAFF = dict.fromkeys(("officer", "provider", "agency"), ("cán bộ",)) | dict.fromkeys(
    ("leadership", "agency_head"), ("lãnh đạo",)
)
_BY_HEADING = {"": "line"} | {
    fold_marks(name): column for column in COLUMNS for name in (column, *HEADINGS[column])
}
_AT, _OPERATOR = " 12/05/2025", {"by.id": "DTV-1", "by.role": "operator", "case": "A"}
_SAMPLES = (
    {
        **_OPERATOR, "act": "receive", "at": f"08:10{_AT}", "kind": "information",
        "channel": "phone", "content": "Cấp đổi giấy phép cần giấy tờ gì?",
        "sender.name": "Trần Thị Mẫu", "sender.phone": "02183000001",
    },
    {
        **_OPERATOR, "act": "escalate", "at": f"08:15{_AT}", "to.id": "MC-1", "to.role": "officer",
        "to.unit": "SO-GTVT",
    },
    {
        "act": "answer", "at": f"09:30{_AT}", "by.id": "MC-1", "by.role": "officer",
        "by.unit": "SO-GTVT", "case": "A", "text": "Đơn đề nghị và giấy phép cũ",
    },
)  # fmt: skip
# The keys that could be read, and what is wrong with the first cell that could not.
Row = tuple[Json, InputError | None]


def find_columns(headings: Iterable[str], where: str) -> list[str]:
    """Return the column that each heading names, and "line" for a blank one.

    Raises:
        InputError: a heading is unknown, or two name one column. It says where they stand, and
            which it is by its number, because a sheet without headings begins with people's data.
    """
    columns = list[str]()
    for number, heading in enumerate(headings, 1):
        column = _BY_HEADING.get(fold_marks(heading[:_LONGEST]))
        if column is None or (column != "line" and column in columns):
            raise InputError(field=where, code="wrong_heading", number=number)
        columns.append(column)
    return columns


def list_template(lang: str) -> list[list[str]]:
    """Return the headings of all columns in a language, and the rows of a sample."""
    heads = [capitalize(HEADINGS[column][0]) if lang == "vi" else column for column in COLUMNS]
    words = [(column, list_choices(column, lang)) for column in COLUMNS]
    return [heads] + [
        [names.get(sample.get(column, ""), sample.get(column, "")) for column, names in words]
        for sample in _SAMPLES
    ]


def list_choices(column: str, lang: str) -> dict[str, str]:
    """Return the slugs that a cell can name, each with its words, or none for a free text."""
    group = _GROUPS.get(column, "")
    slugs = {"act": FIELDS, "to.role": TARGETS}.get(column, WORDS.get(group, ()))
    return {slug: word(group, slug, lang) for slug in slugs}


def read_row(
    cells: Iterable[tuple[str, str]], *, parse_time: Callable[[str, str], str], lang: str
) -> Row:
    """Return the row of columns with their cells. A blank cell is a key that is left out.

    Args:
        cells: columns, each with its cell as text. "line" is where no heading is.
        parse_time: makes an ISO 8601 instant of a cell and its column, or raises InputError.
        lang: the language in which an error lists the words of a cell.
    """
    found, problem = Json(), None
    given = {column: cell for column, cell in cells if cell}
    for column in filter(given.__contains__, (*COLUMNS, "line")):
        *groups, key = column.removeprefix("reschedule.").split(".")
        target = found.setdefault(groups[0], {}) if groups else found
        try:
            target[key] = _read_cell(column, given[column], parse_time, lang)
        except InputError as error:
            problem = problem or error
    if "accused" in found:
        found["accused"] = [found["accused"]]
    if found.get("act") == "receive":  # who gives no name and no contact is {}
        found.setdefault("sender", {})
    return found, problem


def _read_cell(column: str, cell: str, parse_time: Callable[[str, str], str], lang: str) -> Any:
    if column == "line":
        raise InputError(field=column, code="cell_without_heading")
    if column in _TIMES:
        return parse_time(cell, column)
    if column == "score":
        return int(cell) if cell in "12345" else cell
    if column in ("documents", "reasons"):
        parts = [part.strip() for part in cell.split(";") if part.strip()]
        return [_find_slug(column, each, lang) for each in parts] if column == "reasons" else parts
    if column not in _GROUPS:
        return cell
    slug = _find_slug(column, cell, lang)
    return slug == "true" if column == "within_competence" else slug


def _find_slug(column: str, cell: str, lang: str) -> str:
    """Return the slug whose words a cell has: all of them, or else some that no others have.

    Those of an act are its first: Trễ hạn is not to lift a lapse. A channel has all: Thư is paper.

    Raises:
        InputError: several have it or a part of it, which it lists, or none, and it lists all.
    """
    choices, group = list_choices(column, lang), WORDS[_GROUPS[column]]
    wanted = fold_marks(cell[:_LONGEST])
    names = [
        (slug, fold_marks(name))
        for slug in choices
        for name in (slug, *group[slug], *_STAFF.get(slug, ()))
    ]
    found = {slug for slug, name in names if wanted == name}
    some = {"act": "^ {} ", "channel": "^ {} $"}.get(column, " {} ").format(wanted)
    found = found or {slug for slug, name in names if some in f"^ {name} $"}
    near = found or {slug for slug, name in names if wanted in name} or choices
    if len(found) != 1:
        raise InputError(
            field=column,
            code="not_one_of",
            known=tuple(f'"{choices[slug]}"' for slug in choices if slug in near),
        )
    return found.pop()


def name_column(error: InputError, act: str | None) -> InputError:
    """Return an error that names a column as it is headed in Vietnamese, for a row of an act."""
    field = re.sub(r"\[\d+\]|'", "", error.field)
    words = HEADINGS.get(f"{act}.{field}") or HEADINGS.get(field) or (field, field)
    code = "not_of_this_step" if error.code.startswith("unknown_key") else error.code
    return type(error)(field=words[0], code=code, article=error.article, **error.facts)
