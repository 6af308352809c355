"""The glossary holds the words that no Vietnamese sentence has."""

import ast
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from phananh.articles import CLAUSES
from phananh.messages.catalogue import MESSAGES
from phananh.messages.labels import WORDS
from phananh.messages.texts import EXPLANATION
from tests.house import HOUSE, ROOT, SOURCES, tree

PAGE = (ROOT / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8")
# People of the story and of test data speak as people do.
SPOKEN = ("cli/commands/demo.py", "samples/", "testing/")
# A sentence that has a word of the last table in another meaning, and why.
EXCEPTIONS = {
    CLAUSES["4.1"][0]: "the file of a procedure",
    MESSAGES["before_last_event"].way_vi: "the clock of a computer",
    EXPLANATION["change"][0]: "the clocks of a zone",
    MESSAGES["zoned_time"].vi: "the clock of an office",
    MESSAGES["bound_store_closed"].vi: "a store",
    MESSAGES["store_closed"].vi: "a store",
}
# A sentence in which a slug is what the reader types.
TYPED = {
    MESSAGES["adds_nothing"].way_vi: "keys",
}
VIETNAMESE = re.compile(r"[à-ỹđ]")


def tables() -> dict[str, list[dict[str, str]]]:
    """Return the rows of each table of the page, by its heading."""
    found: dict[str, list[dict[str, str]]] = {}
    for part in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]:
        lines = [line for line in part.splitlines() if line.startswith("|")]
        cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
        found[part.split("\n", 1)[0]] = [dict(zip(cells[0], row, strict=True)) for row in cells[2:]]
    return found


def forbidden() -> dict[str, str]:
    """Return each word that is not used, with the one that is."""
    return {row["not"]: row["but"] for row in tables()["Words that are not used"]}


@cache
def sentences() -> tuple[tuple[str, str], ...]:
    """Return every Vietnamese text of the package, with the file in which it stands."""
    return tuple(
        (path.relative_to(HOUSE).as_posix(), unicodedata.normalize("NFC", text))
        for path in SOURCES
        if not path.relative_to(HOUSE).as_posix().startswith(SPOKEN)
        for text in texts(tree(path))
        if is_vietnamese(text)
    )


def texts(module: ast.Module) -> Iterator[str]:
    """Yield the strings of a file; an expression that is only a string is a docstring."""
    alone = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.value


def is_vietnamese(text: str) -> bool:
    """Return whether a text has a word in Vietnamese that is not a name."""
    words = re.findall(r"\w+", text)
    return any(word[0].islower() and VIETNAMESE.search(word) for word in words)


def has(word: str, text: str) -> bool:
    """Return whether a word stands in a text; `...` is anything between two parts of it."""
    parts = (re.escape(part) for part in word.split("..."))
    return bool(re.search(rf"(?<!\w){'.*'.join(parts)}(?!\w)", text, re.IGNORECASE))


def test_the_walk_finds_sentences():
    """Sentences of the tables are found, those of docstrings are not."""
    found = {text for _, text in sentences()}
    assert CLAUSES["9.1"][0] in found
    assert "không có bước này khi phản ánh, kiến nghị ở trạng thái {state}" in found
    assert [*texts(ast.parse('"""Bổ sung."""\nx = "bổ " "sung"\n'))] == ["bổ sung"]
    assert not is_vietnamese("the hotline of Hòa Bình, Decision 2370/QĐ-UBND")


def test_no_sentence_has_a_word_that_is_not_used():
    """No Vietnamese sentence has a word of the last table, but for the exceptions."""
    found = [
        f"{path}: {word} ({better}): {text}"
        for path, text in sentences()
        for word, better in forbidden().items()
        if has(word, text) and text not in EXCEPTIONS
    ]
    assert found == []


def test_no_sentence_has_a_slug():
    """No slug of a label stands in a Vietnamese sentence, but where the reader types it."""
    slugs = {slug for group in WORDS.values() for slug in group}
    found = [
        f"{path}: {slug}: {text}"
        for path, text in sentences()
        for slug in slugs & set(re.findall(r"(?<![\w{.-])\w+(?![\w}(/=])", text))
        if text not in TYPED
    ]
    assert found == []


def test_exceptions_are_needed():
    """Each exception is a sentence of the package that would be found."""
    found = {text for _, text in sentences()}
    assert EXCEPTIONS.keys() | TYPED.keys() <= found
    assert [t for t in EXCEPTIONS if not any(has(word, t) for word in forbidden())] == []
