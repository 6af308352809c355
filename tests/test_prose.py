"""The prose is plain: what is counted in it keeps the bounds of CONTRIBUTING.md."""

import pytest

from tests import prose

PAGES = {page.name: page for page in prose.pages()}
# The words are English ones, and a list of clauses in Vietnamese has semicolons.
PLAIN = [page for page in PAGES.values() if page.group != "Vietnamese"]


@pytest.mark.parametrize("page", PLAIN, ids=lambda page: page.name)
def test_a_plain_page_has_few_of_the_rare_words(page):
    """A page has semicolons and nobody, nothing, never once, or as often as its length allows."""
    assert prose.too_many(page) == {}


def test_guides_address_the_reader():
    """README, tutorial and how-tos say "you" and "if" as often as people do who explain."""
    guides = [page for page in PLAIN if page.group in prose.GUIDES]
    assert prose.missed(guides) == {}


@pytest.mark.parametrize("group", ["contributing", "explanation", "reference", "examples"])
def test_plain_pages_of_a_group_keep_its_bounds(group):
    """All plain pages of a group together keep the bounds of what is to be rare."""
    assert prose.missed([page for page in PLAIN if page.group == group], prose.AT_MOST) == {}


@pytest.mark.parametrize("group", ["docstrings", "messages"])
def test_what_programs_say_keeps_its_bounds(group):
    """Docstrings and messages keep the same bounds."""
    assert prose.missed(prose.groups(prose.texts())[group], prose.AT_MOST) == {}


def test_readme_is_short():
    """A stranger comes to code, to the documentation and to the reason in few words."""
    found = prose.distances()
    assert all(0 < found[key] < bound for key, bound in prose.DISTANCES.items()), found
    assert 350 < PAGES["README.md"].words < 500


def test_what_is_counted():
    """Words count, but not code, comments and addresses."""
    page = (
        "# If you; *your*\n<!-- never; -->\nNobody's [nothing](you;if.md) `never;`\n"
        "```python\nif you: never;\n```\nyoung, iffy\n"
    )
    text = prose.Text("how-to", "page.md", prose.without_code(page))
    assert text.counts == {"you": 2, "if": 1, "semicolons": 1, "never": 2}
    assert text.words == 8  # a piece of inline code is one


def test_a_page_that_is_not_plain_is_found():
    """Too few of some and too many of others are named with their rates."""
    text = prose.Text("how-to", "page.md", "nobody; " * 2 + "word " * 98)
    assert prose.too_many(text) == {"semicolons": 2, "never": 2}
    rates = {"you": 0.0, "if": 0.0, "semicolons": 20.0, "never": 20.0}
    assert prose.missed([text]) == rates


def test_messages_are_counted_in_english():
    """Neither keys, nor the Vietnamese beside them, nor docstrings are among the messages."""
    found = list(prose.english(prose.ROOT / "src/phananh/messages/general.py"))
    assert "leave it out" in found
    assert {"bỏ đi", "blank", "not_a_date"}.isdisjoint(found)
    assert not [text for text in found if text.startswith("What may be wrong")]
