"""What is made from the code in pages and pictures: `python -m tests.docs_build [--check]`.

A page says where a table belongs, by `<!-- made: NAME -->` and `<!-- end -->`. Each table is a
function of the package and nothing else, so that a second run writes the same. `--check` writes
nothing, names what is stale and exits with 1.
"""

import argparse
import html
import inspect
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import attrs

from benchmarks import pages
from benchmarks.scale import pages as scale
from phananh import acts as public
from phananh.articles import OUTSIDE, PARTLY_OUTSIDE, Article
from phananh.messages.labels import WORDS, word
from phananh.messages.refusals import REFUSALS
from phananh.regulation.lifecycle import SAME_STATE, Transition
from phananh.regulation.readings import HANDLING, LIMITS, RECEIVING, Reading
from phananh.regulation.receipt import RECEIVERS
from phananh.regulation.request import OPEN_STATES
from phananh.regulation.rules import HOA_BINH_2019
from phananh.worktime import vietnam_calendar
from tests import clause_matrix, json_schema, lifecycle_picture

ROOT = Path(__file__).parents[1]
# What the pages on the regulation show: another one needs only another value here.
RULES = HOA_BINH_2019
BLOCK = re.compile(r"(<!-- made: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def line(cells: Iterable[object]) -> str:
    """Return a row of a table."""
    return "| " + " | ".join(str(cell) for cell in cells) + " |\n"


def table(head: str, rows: Iterable[Iterable[object]]) -> str:
    """Return a table. The head is written with bars."""
    names = [name.strip() for name in head.split("|")]
    return line(names) + "|---" * len(names) + "|\n" + "".join(map(line, rows))


def codes(names: Iterable[str]) -> str:
    """Return slugs in code type, in order, each once."""
    return ", ".join(f"`{name}`" for name in dict.fromkeys(names))


# The clauses.


def articles() -> str:
    """Return the table of every clause, and what the package makes of it."""
    matrix = json.loads(clause_matrix.build())
    rows = (
        (f"`{a.id}`", a.summary("vi"), a.summary("en"), *told_of(a, *matrix.get(a.id, ((), ()))))
        for a in RULES.document.articles
    )
    return table("id | nội dung | content | done by | proved by", rows)


def told_of(article: Article, done_by: Iterable[str], proved_by: Iterable[str]) -> tuple[str, str]:
    """Return what does a clause and what proves it, or why no software does it."""
    if article.id in OUTSIDE:
        return f"outside software<br>{OUTSIDE[article.id][1]}", ""
    limits = {"officer": RULES.officer_limit, "agency": RULES.agency_limit}
    guards = [*RULES.guards, *(guard for row in RULES.lifecycle for guard in row.guards)]
    found = {
        "limit": [
            f"{who}: {limit.budget.total_seconds() / 3600:g} h"
            for who, limit in limits.items()
            if limit.article == article
        ],
        "refusal": [guard.code for guard in guards if guard.article == article],
        "reason": [r.code for r in RULES.requirements if r.article == article],
    }
    decided = (f"{what} {stack(names)}" for what, names in found.items() if names)
    rest = PARTLY_OUTSIDE.get(article.id, ())[1:]
    return "<br>".join(filter(None, (stack(done_by), *decided, *rest))), stack(proved_by)


def stack(names: Iterable[str]) -> str:
    """Return names in code type, one under the other, each once."""
    return "<br>".join(f"`{name}`" for name in dict.fromkeys(names))


# The lifecycle, in both languages.


def steps(lang: str) -> str:
    """Return the table of the steps: in English with slugs, in Vietnamese with words."""
    if lang == "vi":
        head = "bước | từ trạng thái | người thực hiện | đến trạng thái | căn cứ"
        return table(head, map(cells_vi, RULES.lifecycle))
    return table("step | from | to | who | refusals | article", map(cells, RULES.lifecycle))


def cells(row: Transition) -> tuple[str, ...]:
    """Return a row of the lifecycle with its slugs."""
    holders = f", held by {codes(sorted(row.holders))}" if row.holders else ""
    after = f", after `{REQUIRED[row.requires]}`" if row.requires else ""
    dest = "stays" if row.dest is SAME_STATE else f"`{row.dest.value}`"
    return (
        f"`{row.trigger}`",
        states(row, "open", "`{}`".format) + holders + after,
        dest + (f" with `{row.new_holder.value}`" if row.new_holder else ""),
        ", ".join("its " * (role in row.by_holder) + f"`{role}`" for role in sorted(row.roles)),
        codes(guard.code for guard in row.guards),
        ", ".join(clause.id for clause in (row.article, *row.others)),
    )


def states(row: Transition, together: str, show: Callable[[str], str]) -> str:
    """Return the states that a row leads from, the four open ones under one word."""
    names = dict.fromkeys(state.value for state in row.sources)
    if names.keys() >= OPEN_STATES:
        return ", ".join([together, *(show(name) for name in names if name not in OPEN_STATES)])
    return ", ".join(map(show, names))


def acts() -> str:
    """Return the table of the acts: how a desk's method is called, by whom, and what it does."""
    found = [getattr(public, name) for name in public.__all__]
    named = {act.trigger: act for act in found if hasattr(act, "trigger")}
    rows = [cells_of_act(named[step], step) for step in WORDS["trigger"] if step in named]
    return table("name | step | who | what it does", rows)


def cells_of_act(act: type[public.Act], step: str) -> tuple[str, ...]:
    """Return a row of the acts. Every role that a row of the lifecycle names may do it."""
    given = attrs.fields(act)[2:]  # after `by` and `at`
    call = ", ".join(f.name + "=..." * (f.default is not attrs.NOTHING) for f in given)
    roles = {role for row in RULES.lifecycle if row.trigger == step for role in row.roles}
    first = (inspect.getdoc(act) or "").partition("\n\n")[0].replace("\n", " ")
    does = re.sub(r" \([^()]*\)", "", first)
    return f"`{act.__name__}`", f"`{step}({call})`", codes(sorted(roles or RECEIVERS)), does


# The step that gives a case what a row requires.
REQUIRED = {"units_told": "notify_unit", "published": "publish"}
# Words of a role that the page gives in full above the table.
BRIEF = {
    "officer": "công chức, viên chức một cửa",
    "provider": "đơn vị dịch vụ",
    "leadership": "lãnh đạo Trung tâm",
    "agency": "cán bộ đầu mối",
}


def cells_vi(row: Transition) -> tuple[str, ...]:
    """Return a row of the lifecycle in Vietnamese."""
    after = f", sau khi {word('trigger', REQUIRED[row.requires], 'vi')}" if row.requires else ""
    held = f" (do {roles_vi(row.holders, ' hoặc ')} xử lý)" if row.holders else ""
    return (
        word("trigger", row.trigger, "vi") + (f" → {roles_vi([row.target])}" if row.target else ""),
        states(row, "đang xử lý", lambda name: word("state", name, "vi")) + held + after,
        roles_vi(row.roles, "<br>"),
        "giữ nguyên" if row.dest is SAME_STATE else word("state", row.dest.value, "vi"),
        ", ".join(f"`{clause.id}`" for clause in (row.article, *row.others)),
    )


def roles_vi(roles: Iterable[str], between: str = "") -> str:
    """Return the Vietnamese words of some roles, in order."""
    return between.join(BRIEF.get(role) or word("role", role, "vi") for role in sorted(roles))


def refusals() -> str:
    """Return the codes of refusals with their English words, without their facts."""
    told = {code: re.sub(r"\{\w+\}", "...", english) for code, (_, english) in REFUSALS.items()}
    return table("code | words", ((f"`{code}`", words) for code, words in told.items()))


# The readings, in both languages.


TOPICS = {
    ("Tiếp nhận", "Receiving a request"): RECEIVING,
    ("Tính thời hạn", "Counting a limit"): LIMITS,
    ("Xử lý", "Handling a case"): HANDLING,
}


def readings(lang: str) -> str:
    """Return the readings by topic, each under its id, so that its anchor stays."""
    at, parts = ("vi", "en").index(lang), []
    for topic, those in TOPICS.items():
        parts.append(f"\n## {topic[at]}\n")
        parts += [show_reading(each, at) for each in those if each in RULES.readings]
    return "".join(parts)


def show_reading(reading: Reading, at: int) -> str:
    """Return the section of one reading: the question, the answer, the clauses, the option."""
    facts = codes(reading.articles)
    if reading.option:
        facts += (". Tùy chọn: ", ". Option: ")[at] + f"`{reading.option}`"
    gap, default = to_sentences(reading.gap[at], ""), to_sentences(reading.default[at])
    return f"\n### {reading.id}\n\n**{gap}**\n\n{default}\n({facts})\n"


def to_sentences(text: str, end: str = ".") -> str:
    """Return a text with a capital letter and an end, one sentence a line."""
    whole = text[0].upper() + text[1:] + end
    return re.sub(r"\. (\w)", lambda m: f".\n{m[1]}" if m[1].isupper() else m[0], whole)


# The words.


GROUPS = {
    "state": "States",
    "trigger": "Steps",
    "role": "Roles",
    "kind": "Kinds",
    "channel": "Channels",
    "reason": "Reasons not to accept",
    "caution": "Cautions",
}


def labels() -> str:
    """Return a table for each group of slugs, with their words in both languages."""
    parts = []
    for group, title in GROUPS.items():
        rows = ((f"`{slug}`", *both) for slug, both in WORDS[group].items())
        parts.append(f"\n## {title}\n\n{table('mã | tiếng Việt | English', rows)}")
    return "".join(parts)


# Pictures.


def demo() -> str:
    """Return the picture that `phananh demo --svg` draws."""
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder) / "demo.svg"
        command = [sys.executable, "-m", "phananh", "--lang", "en", "demo", "--svg", str(drawn)]
        subprocess.run(command, check=True, capture_output=True)
        # A picture fetches nothing from elsewhere: the reader's monospace font does.
        fonts = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
        return fonts.sub("", drawn.read_text(encoding="utf-8"))


def due(day: date, budget: int, lang: str = "en") -> str:
    """Return the picture of a deadline that is counted from 15:00 of a day."""
    start = datetime.combine(day, time(15), tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    return vietnam_calendar("VP").explain(start, timedelta(hours=budget)).svg(lang)


# Five hours from this Friday end on a Saturday that is worked.
SATURDAY = date(2025, 4, 25)

BLOCKS: Mapping[str, Callable[[], str]] = {
    "acts": acts,
    "articles": articles,
    "steps": partial(steps, "en"),
    "steps_vi": partial(steps, "vi"),
    "refusals": refusals,
    "readings": partial(readings, "en"),
    "readings_vi": partial(readings, "vi"),
    "labels": labels,
}


def fill(path: str) -> str:
    """Return a page with its tables made anew."""
    text = (ROOT / path).read_text(encoding="utf-8")
    return BLOCK.sub(lambda found: f"{found[1]}{BLOCKS[found[2]]()}{found[3]}", text)


def schema() -> str:
    """Return the JSON Schema of every value, a value a line."""
    document = json_schema.document()
    values = (f"{json.dumps(n)}: {json.dumps(each)}" for n, each in document.pop("$defs").items())
    head = json.dumps(document, indent=1)[:-2]
    return head + ',\n "$defs": {\n  ' + ",\n  ".join(values) + "\n }\n}\n"


MADE: Mapping[str, Callable[[], str]] = {
    **{
        path: partial(fill, path)
        for path in (
            "docs/reference/api.md",
            "docs/reference/articles.md",
            "docs/reference/lifecycle.md",
            "docs/reference/glossary.md",
            "docs/reference/open-questions.md",
            "docs/vi/lifecycle.md",
            "docs/vi/open-questions.md",
        )
    },
    **{path: partial(pages.fill, path, pages.measured()) for path in pages.PAGES},
    scale.PAGE: lambda: scale.page(scale.measured()),
    "docs/reference/phananh.schema.json": schema,
    clause_matrix.FILE: clause_matrix.build,
    "docs/assets/demo.svg": demo,
    "docs/assets/due.svg": partial(due, date(2026, 8, 28), 8),
    "docs/assets/saturday.svg": partial(due, SATURDAY, 5),
    "docs/assets/saturday.vi.svg": partial(due, SATURDAY, 5, "vi"),
    "docs/assets/lifecycle.svg": lifecycle_picture.draw,
    "docs/assets/lifecycle.vi.svg": partial(lifecycle_picture.draw, "vi"),
}


def content(path: str, text: str) -> str:
    """Return what a reader sees: a newer rich draws the same words with other markup."""
    if not path.endswith(".svg"):
        return text
    drawn = re.sub(r"<style.*?</style>", "", text, flags=re.DOTALL)
    return html.unescape(" ".join(re.sub(r"<[^>]*>", " ", drawn).split()))


def is_fresh(path: str) -> bool:
    """Say whether a reader of the file sees what would be made."""
    file = ROOT / path
    now = file.read_text(encoding="utf-8") if file.exists() else ""
    return content(path, now) == content(path, MADE[path]())


def main() -> int:
    """Write every file that is stale, or only name them."""
    parser = argparse.ArgumentParser(prog="python -m tests.docs_build", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if stale")
    is_check = parser.parse_args().check
    stale = [path for path in MADE if not is_fresh(path)]
    for path in stale:
        print(f"stale: {path}" if is_check else f"written: {path}")
        if not is_check:
            (ROOT / path).write_text(MADE[path](), encoding="utf-8", newline="\n")
    return int(is_check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
