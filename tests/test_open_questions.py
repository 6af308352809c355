"""The page of open questions: a heading for each reading, and a link wherever a page names one."""

import re

import pytest

from phananh.regulation.rules import HOA_BINH_2019
from tests.question_pages import READING, link_readings, page
from tests.test_docs import PAGES, name, text_of

# What no link can stand in, and links themselves.
APART = re.compile(
    r"^```.*?^```$|`[^`\n]*`|\[[^\]\n]*\]\([^)\s]*\)|^#+ .*$", re.DOTALL | re.MULTILINE
)
LINK = re.compile(r"\[(R\d{1,2})\]\((?:[^)\s]*open-questions\.md)?#(\w+)\)")


def unlinked(text: str) -> list[str]:
    """Return the readings that a page names without a link, or with a link to another."""
    wrong = [here for here, there in LINK.findall(text) if here.lower() != there]
    return READING.findall(APART.sub(" ", text)) + wrong


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_reading_that_a_page_names_is_a_link(path):
    """A page names a reading by a link to its heading on the page of open questions."""
    assert unlinked(text_of(path)) == []


def test_a_reading_without_its_link_is_found():
    """A bare id and a link to another reading are found; code and a right link are not."""
    assert unlinked("late (R14), [R3](open-questions.md#r4)") == ["R14", "R3"]
    assert unlinked("[R14](../x/open-questions.md#r14), [R3](#r3), `R5`\n```text\nR6\n```\n") == []


def test_each_reading_has_a_heading():
    """Every reading of the rules has one heading, which is its id."""
    heads = re.findall(r"^### (R\d+)$", page(), re.MULTILINE)
    assert sorted(heads) == sorted(reading.id for reading in HOA_BINH_2019.readings)


def test_generated_pages_link_readings():
    """A clause with a reading beside it becomes a link."""
    assert link_readings("9.3, R32") == "9.3, [R32](open-questions.md#r32)"
