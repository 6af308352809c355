"""The page of the calendar lists everything that a calendar answers, and makes."""

import re
from pathlib import Path

import pytest

from phananh.worktime import WorkCalendar

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "calendar.md"
NAMES = sorted(name for name in dir(WorkCalendar) if not name.startswith("_"))


def test_what_is_asked_for_is_there():
    """The names are those of the class: fields, methods and what is mixed in are among them."""
    assert {"add", "timetable", "version", "as_of", "remaining"} <= {*NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_has_a_row_and_an_example(name):
    """Each method and property stands in a row of a table, and in an example that is run."""
    page = PAGE.read_text(encoding="utf-8")
    rows = "\n".join(re.findall(r"^\|.*", page, re.MULTILINE))
    examples = "\n".join(re.findall(r"^```python\n(.*?)^```$", page, re.DOTALL | re.MULTILINE))
    assert re.search(rf"`(?:WorkCalendar\.)?{name}\b", rows)
    assert re.search(rf"\.{name}\b", examples)
