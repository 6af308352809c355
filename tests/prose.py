"""How plain the prose is, counted: `python -m tests.prose [--pages] [--root FOLDER] [--write]`.

Counted per 1,000 words are you/your, "if", semicolons and nobody/nothing/never. Code, comments
and addresses are not prose, and a piece of inline code is one word. Reference pages, docstrings
and messages can hardly address the reader, so they are held to the last two only.

`--root` counts another checkout, and `--write` puts the table into CONTRIBUTING.md.
"""

import argparse
import ast
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import attrs

ROOT = Path(__file__).parents[1]

PAGE = ROOT / "CONTRIBUTING.md"
# What was counted before the prose was rewritten.
BEFORE = ROOT / "tests" / "data" / "prose-before.json"

# Per 1,000 words: at least so many, or at most.
AT_LEAST = {"you": 12, "if": 4}
AT_MOST = {"semicolons": 1, "never": 2}
HEAD = (*AT_LEAST, *AT_MOST)
NAMES = {
    "you": "`you/your`",
    "if": "`if`",
    "semicolons": "semicolons",
    "never": "`nobody/nothing/never`",
}
COUNTED = {
    "you": re.compile(r"\b(?:you|yours?|yourself)\b", re.IGNORECASE),
    "if": re.compile(r"\bif\b", re.IGNORECASE),
    "semicolons": re.compile(r";"),
    "never": re.compile(r"\b(?:nobody|nothing|never)\b", re.IGNORECASE),
}
# Pages that address the reader.
GUIDES = ("README", "tutorial", "how-to")
# Words of README before what a stranger looks for: fewer than this.
DISTANCES = {"code": 60, "docs": 255, "why": 260}
SOUGHT = {
    "code": ("the first code in Python", re.compile(r"^```python", re.MULTILINE)),
    "docs": ("the first link to the docs", re.compile(r"\]\(docs/")),
    "why": ('the first "Why"', re.compile(r"^#+ Why\b", re.MULTILINE)),
}

FENCE = re.compile(r"^```(?P<lang>[^\n]*)\n.*?^```$", re.DOTALL | re.MULTILINE)
NO_PROSE = re.compile(r"<!--.*?-->|<[a-z/][^>]*>|(?<=\])\([^)]*\)|&\w+;", re.DOTALL)
WORD = re.compile(r"[^\W\d_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}-][^\W\d_]+)*")
VIETNAMESE = re.compile("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u01b0\u1ea0-\u1ef9]")


@attrs.frozen
class Text:
    """A page, or all docstrings of a file: its group, its name, and its prose."""

    group: str
    name: str
    prose: str

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(WORD.findall(self.prose))

    @property
    def counts(self) -> Counter[str]:
        """How often each of the four stands in it."""
        return Counter({key: len(found.findall(self.prose)) for key, found in COUNTED.items()})


def without_code(page: str) -> str:
    """Return the prose of a page of Markdown."""
    return NO_PROSE.sub(" ", re.sub(r"`[^`\n]+`", " code ", FENCE.sub(" ", page)))


def group_of(name: str) -> str:
    """Return the group of a page by its path."""
    first, *rest = name.split("/")
    if name.endswith(".vi.md") or rest[:1] == ["vi"]:
        return "Vietnamese"
    if name in ("README.md", "docs/README.md"):
        return "README"
    return rest[0] if first == "docs" else first if rest else "contributing"


def pages(root: Path = ROOT) -> Iterator[Text]:
    """Yield every page but the changelog."""
    for pattern in ("*.md", "docs/**/*.md", "examples/**/*.md"):
        for path in sorted(root.glob(pattern)):
            name = path.relative_to(root).as_posix()
            if name != "CHANGELOG.md":
                yield Text(group_of(name), name, without_code(path.read_text(encoding="utf-8")))


def docstrings(root: Path = ROOT) -> Iterator[Text]:
    """Yield the public docstrings of each file of the package."""
    for path in sorted((root / "src" / "phananh").rglob("*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        nodes = (node for node in ast.walk(module) if isinstance(node, kinds))
        texts = (ast.get_docstring(n) for n in nodes if not getattr(n, "name", "").startswith("_"))
        prose = "\n".join(re.sub(r"^\s*(>>>|\.\.\.) .*", "", t or "", flags=re.M) for t in texts)
        name = path.relative_to(root).as_posix()
        yield Text("docstrings", name, re.sub(r"`[^`]+`", " code ", prose))


def messages(root: Path = ROOT) -> Iterator[Text]:
    """Yield the English of each table of messages, and of the help of the command line."""
    for folder in ("messages", "cli/catalogue"):
        for path in sorted((root / "src" / "phananh" / folder).glob("*.py")):
            prose = re.sub(r"`[^`]+`", " code ", "\n".join(english(path)))
            yield Text("messages", path.relative_to(root).as_posix(), prose)


def english(path: Path) -> Iterator[str]:
    """Yield the strings of a file that are neither keys, nor docstrings, nor Vietnamese."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    keys = {id(key) for d in ast.walk(module) if isinstance(d, ast.Dict) for key in d.keys}
    bare = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    skipped = keys | bare
    for node in ast.walk(module):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in skipped:
                if not VIETNAMESE.search(text):
                    yield text


@cache
def texts(root: Path = ROOT) -> tuple[Text, ...]:
    """Return everything that is counted."""
    return (*pages(root), *docstrings(root), *messages(root))


def rates(found: Iterable[Text]) -> dict[str, float]:
    """Return each count per 1,000 words of all these texts."""
    found = list(found)
    total = sum((text.counts for text in found), Counter[str]())
    words = sum(text.words for text in found)
    return {key: 1000 * total[key] / words if words else 0.0 for key in HEAD}


def missed(found: Iterable[Text], keys: Iterable[str] = HEAD) -> dict[str, float]:
    """Return the rates of these texts that miss their bounds."""
    rate = rates(found)
    low = {key for key, bound in AT_LEAST.items() if rate[key] < bound}
    high = {key for key, bound in AT_MOST.items() if rate[key] > bound}
    return {key: round(rate[key], 1) for key in keys if key in low | high}


def too_many(text: Text) -> dict[str, int]:
    """Return what a page has more often than its length allows; once is always allowed."""
    allowed = {key: max(1, bound * text.words / 1000) for key, bound in AT_MOST.items()}
    return {key: text.counts[key] for key, most in allowed.items() if text.counts[key] > most}


def distances(root: Path = ROOT) -> dict[str, int | None]:
    """Return how many words stand in README before what a stranger looks for, code included."""
    page = re.sub(r"<!--.*?-->|<[a-z/][^>]*>", " ", (root / "README.md").read_text("utf-8"))
    found = {key: pattern.search(page) for key, (_, pattern) in SOUGHT.items()}
    return {key: at and len(page[: at.start()].split()) for key, at in found.items()}


def row(found: list[Text]) -> list[str]:
    """Return a row of the table: the words of these texts, and the four rates."""
    rate = rates(found)
    return [f"{sum(text.words for text in found):,}", *(f"{rate[key]:.1f}" for key in HEAD)]


def groups(found: Iterable[Text]) -> dict[str, list[Text]]:
    """Return texts by their groups."""
    by_group: dict[str, list[Text]] = {}
    for text in found:
        by_group.setdefault(text.group, []).append(text)
    return by_group


def summary(root: Path = ROOT) -> dict[str, list[str]]:
    """Return the table: each group, the guides together, and all; words first, then the rates."""
    found = [text for text in texts(root) if text.group != "Vietnamese"]
    guides = [text for text in found if text.group in GUIDES]
    parts = {**groups(found), "the guides together": guides, "all": found}
    return {name: row(those) for name, those in parts.items()}


def printed(rows: dict[str, list[str]]) -> str:
    """Return rows in columns."""
    shown = {"": ["words", *HEAD], **rows}
    return "\n".join(
        f"{name:<48}" + "".join(f"{cell:>12}" for cell in cells) for name, cells in shown.items()
    )


def measured(root: Path = ROOT) -> dict[str, Any]:
    """Return what is kept of a count: the table, and the distances in README."""
    return {"groups": summary(root), "README": distances(root)}


def compared() -> str:
    """Return the tables of CONTRIBUTING.md: what was counted before, and what is counted now."""
    before, now = json.loads(BEFORE.read_text(encoding="utf-8")), measured()
    rows = [["prose", "words", *NAMES.values()], ["---"] * (len(HEAD) + 2)]
    for name, cells in now["groups"].items():
        earlier = before["groups"].get(name, ["-"] * len(cells))
        rows.append([name, *(f"{old} → {new}" for old, new in zip(earlier, cells, strict=True))])
    rows += [[], ["words of README before", "count", "below"], ["---"] * 3]
    for key, bound in DISTANCES.items():
        old, new = (each["README"][key] or "none" for each in (before, now))
        rows.append([SOUGHT[key][0], f"{old} → {new}", f"{bound}"])
    return "".join("| " + " | ".join(cells) + " |\n" if cells else "\n" for cells in rows)


def write() -> None:
    """Put the tables between their marks in CONTRIBUTING.md."""
    page = PAGE.read_text(encoding="utf-8")
    head, begin, rest = page.partition("<!-- counted: prose -->\n")
    _, end, tail = rest.partition("<!-- end -->\n")
    PAGE.write_text(head + begin + compared() + end + tail, encoding="utf-8", newline="\n")


def main() -> None:
    """Print the table, and do what the options say."""
    parser = argparse.ArgumentParser(prog="python -m tests.prose", description=__doc__)
    parser.add_argument("--pages", action="store_true", help="every page too")
    parser.add_argument("--root", type=Path, default=ROOT, help="the checkout to count")
    parser.add_argument("--json", action="store_true", help="the table as JSON")
    parser.add_argument("--write", action="store_true", help="write it to CONTRIBUTING.md")
    asked = parser.parse_args()
    if asked.json:
        print(json.dumps(measured(asked.root), indent=1))
        return
    if asked.pages:
        print(printed({page.name: row([page]) for page in pages(asked.root)}), end="\n\n")
    print(printed(summary(asked.root)), distances(asked.root), sep="\n\n")
    if asked.write:
        write()


if __name__ == "__main__":
    main()
