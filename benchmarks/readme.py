"""What README, README.vi.md and the page "Why not" show of the telling cases and of the times."""

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.picture import seconds
from benchmarks.telling import BEYOND, counted

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"(<!-- measured: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
SHOWN = ("phananh", "day loop", "pandas")

# Cases of the page of peers, in the words of each page.
CASES = {
    "a budget ends at the closing": ("the time is up at closing", "hết hạn đúng lúc tan sở"),
    "a start in UTC": ("the start is in UTC", "thời điểm bắt đầu ghi theo UTC"),
    "back over lunch": ("count back over lunch", "tính lùi qua giờ nghỉ trưa"),
    BEYOND.what: ("2027, not announced yet", "năm 2027, chưa có thông báo lịch nghỉ"),
}
HEADS = (("case", "day loop", "right"), ("trường hợp", "vòng lặp từng ngày", "đúng"))
VERDICTS = (
    {"flags it": "`explain` warns"},
    {
        "flags it": "và báo trước",
        "no warning": "không báo",
        "n/a": "không tính được",
        " of ": "/",
    },
)


def _cell(text: str, lang: int) -> str:
    for told, shown in VERDICTS[lang].items():
        text = text.replace(told, shown)
    return text


def telling(data: Mapping[str, Any], lang: int) -> str:
    """Return the table, in English or Vietnamese, from the verdicts of the page of peers."""
    cases = data["peers"]["cases"]
    at = [next(i for i, who in enumerate(cases["peers"]) if who.startswith(s)) for s in SHOWN]
    case, loop, right = HEADS[lang]
    rows = [[case, "phananh", loop, "pandas"], ["---"] * 4]
    rows += [[words[lang], *(cases["verdicts"][c][i] for i in at)] for c, words in CASES.items()]
    total = counted([*cases["verdicts"].values()])
    rows.append([f"**{right}**", *(total[i] for i in at)])
    return "".join("| " + " | ".join(_cell(c, lang) for c in row) + " |\n" for row in rows)


def ways(data: Mapping[str, Any], lang: int) -> str:
    """Return how many cases each way gets right, and how long it takes."""
    part = data["peers"]
    total = counted([*part["cases"]["verdicts"].values()])
    times = {(row["who"], row["size"]): row["micros"] for row in part["rows"] if row["who"]}
    rows = [["way", "right", "a deadline of 5 h", "of 2,000 h"], ["---"] * 4]
    for who, right in zip(part["cases"]["peers"], total, strict=True):
        named = next(name for name, _ in times if who.startswith(name) and "," not in name)
        rows.append([who, right, *(seconds(times[named, hours]) for hours in (5.0, 2000.0))])
    return "".join("| " + " | ".join(_cell(c, lang) for c in row) + " |\n" for row in rows)


BLOCKS = {"telling": telling, "ways": ways}


def _page(data: Mapping[str, Any], path: str, lang: int) -> str:
    text = (ROOT / path).read_text(encoding="utf-8")
    return BLOCK.sub(lambda m: f"{m[1]}{BLOCKS[m[2]](data, lang)}{m[3]}", text)


MADE = {
    "README.md": partial(_page, path="README.md", lang=0),
    "README.vi.md": partial(_page, path="README.vi.md", lang=1),
    "docs/explanation/why-not.md": partial(_page, path="docs/explanation/why-not.md", lang=0),
}
