"""How plain the prose is, counted: `python -m tests.prose` prints the rates of every page.

Counted per 1,000 words are you/your, semicolons and nobody/nothing/never. Code, comments
and addresses are not prose, and a piece of inline code is one word. Pages that address the reader
are held to all three, everything else to the last two.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import attrs

ROOT = Path(__file__).parents[1]
# Per 1,000 words: at least so many, or at most.
AT_LEAST = {"you": 12}
AT_MOST = {"semicolons": 1, "never": 2}
COUNTED = {
    "you": re.compile(r"\b(?:you|yours?|yourself)\b", re.IGNORECASE),
    "semicolons": re.compile(r";"),
    "never": re.compile(r"\b(?:nobody|nothing|never)\b", re.IGNORECASE),
}
FENCE = re.compile(r"^```[^\n]*\n.*?^```$", re.DOTALL | re.MULTILINE)
NO_PROSE = re.compile(r"<!--.*?-->|<[a-z/][^>]*>|(?<=\])\([^)]*\)|&\w+;", re.DOTALL)
WORD = re.compile(r"[^\W\d_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}-][^\W\d_]+)*")


@attrs.frozen
class Text:
    """A page, or all docstrings of a file: its name, and its prose."""

    name: str
    prose: str

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(WORD.findall(self.prose))

    def count(self, key: str) -> int:
        """Return how often one of the three stands in it."""
        return len(COUNTED[key].findall(self.prose))


def without_code(page: str) -> str:
    """Return the prose of a page of Markdown."""
    return NO_PROSE.sub(" ", re.sub(r"`[^`\n]+`", " code ", FENCE.sub(" ", page)))


def pages() -> Iterator[Text]:
    """Yield every page in English; a list of clauses in Vietnamese has semicolons."""
    for pattern in ("*.md", "docs/**/*.md", "examples/**/*.md"):
        for path in sorted(ROOT.glob(pattern)):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith("docs/vi/") and not name.endswith(".vi.md"):
                yield Text(name, without_code(path.read_text(encoding="utf-8")))


def docstrings() -> Iterator[Text]:
    """Yield the public docstrings of each file of the package."""
    for path in sorted((ROOT / "src" / "phananh").rglob("*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        nodes = (node for node in ast.walk(module) if isinstance(node, kinds))
        texts = (ast.get_docstring(n) for n in nodes if not getattr(n, "name", "").startswith("_"))
        prose = "\n".join(re.sub(r"^\s*(>>>|\.\.\.) .*", "", t or "", flags=re.M) for t in texts)
        yield Text(path.relative_to(ROOT).as_posix(), re.sub(r"`[^`]+`", " code ", prose))


def rate(found: list[Text], key: str) -> float:
    """Return how often one of the three stands in 1,000 words of all these texts."""
    return 1000 * sum(text.count(key) for text in found) / sum(text.words for text in found)


def too_many(text: Text) -> dict[str, int]:
    """Return what a page has more often than its length allows; once is always allowed."""
    return {
        key: text.count(key)
        for key, most in AT_MOST.items()
        if text.count(key) > max(1, most * text.words / 1000)
    }


if __name__ == "__main__":
    for page in pages():
        print(f"{page.name:<45}{page.words:>6}", *(f"{rate([page], key):8.1f}" for key in COUNTED))
