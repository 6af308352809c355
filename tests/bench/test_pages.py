"""Tables and pictures say what was measured, with the goals that were missed."""

import json
import xml.etree.ElementTree as ET

import pytest

from tests.bench import pages
from tests.bench.picture import Axis, dots, powers, seconds
from tests.bench.rounds import Row
from tests.bench.scale.pages import made

SVG = "{http://www.w3.org/2000/svg}"
PICTURES = [path for path in (*pages.MADE, *made()) if path.endswith(".svg")]


@pytest.mark.parametrize("path", PICTURES)
def test_a_picture_stands_alone(path):
    """Each picture is well-formed, has a title and a description, and fetches nothing."""
    text = (pages.ROOT / path).read_text(encoding="utf-8")
    root = ET.fromstring(text)  # noqa: S314 - our own text
    assert root.find(f"{SVG}title").text
    assert root.find(f"{SVG}desc").text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "<script" not in text


@pytest.mark.parametrize("path", PICTURES)
def test_nothing_lies_outside_the_card(path):
    """Every dot, line and beginning of a text is within the picture."""
    root = ET.fromstring((pages.ROOT / path).read_text(encoding="utf-8"))  # noqa: S314
    _, _, width, height = map(float, root.get("viewBox").split())
    dots_at = [(float(c.get("cx")), float(c.get("cy"))) for c in root.iter(f"{SVG}circle")]
    words_at = [(float(t.get("x")), float(t.get("y"))) for t in root.iter(f"{SVG}text")]
    assert len(dots_at) > 4
    assert all(0 < x < width and 0 < y < height for x, y in [*dots_at, *words_at])


def test_dots_stand_where_the_axis_puts_them():
    """Twice as long on a logarithmic axis is the same step everywhere."""
    axis = Axis(0.1, 1000, 0, 400)
    assert [axis.at(value) for value in (0.1, 1, 10, 1000)] == [0, 100, 200, 400]
    assert Axis(0, 10, 100, 0, log=False).at(2.5) == 75
    assert powers(0.1, 100) == [0.1, 1, 10, 100]


def test_words_are_escaped():
    """A name with markup in it is text in the picture."""
    drawn = dots("<b>", "&", {"a<b": {"5 h": 1.0}}, marked=1.0, mark="floor")
    assert next(ET.fromstring(drawn).iter(f"{SVG}text")).text == "<b>"  # noqa: S314
    assert "a&lt;b" in drawn


@pytest.mark.parametrize(
    ("micros", "words"),
    [
        (0.0164, "16.4 ns"),
        (0.1, "0.1 µs"),
        (0.47, "0.47 µs"),
        (5.98, "5.98 µs"),
        (55_225, "55.2 ms"),
    ],
)
def test_a_time_is_told_in_its_unit(micros, words):
    """Microseconds are shown as ns, µs or ms, in three digits."""
    assert seconds(micros) == words


def test_a_goal_that_was_missed_is_said(monkeypatch, tmp_path):
    """The table of a run says of every goal whether it was met, and keeps the other parts."""
    monkeypatch.setattr(pages, "DATA", tmp_path / "performance.json")
    rows = [
        Row(what="add", micros=0.5, spread=0.02, ratio=2.5, goal="<= 3x", met=True),
        Row(what="add, slow", micros=0.9, ratio=4.5, goal="<= 3x", met=False),
    ]
    pages.keep("peers", {"date": "2026-11-24", "where": "here"}, [])
    pages.keep("worktime", {"date": "2026-11-25", "where": "here"}, rows)
    data = pages.measured()
    assert data["peers"]["date"] == "2026-11-24"
    assert json.loads(pages.DATA.read_text(encoding="utf-8")) == data
    block = pages.part_block(data, "worktime")
    assert "Measured on 2026-11-25 in one run: here." in block
    assert "| add | 0.5 µs | 2% | 2.50 | at most 3 times |" in block
    assert "| add, slow | 0.9 µs |  | 4.50 | at most 3 times: **not met** |" in block
    assert pages.part_block(data, "store") == ""


def test_the_page_names_every_goal_of_the_run():
    """Each goal of the run that was kept stands on the page, met or not."""
    data, page = pages.measured(), (pages.ROOT / pages.PAGE).read_text(encoding="utf-8")
    goals = [row for part in data.values() for row in part["rows"] if row["goal"]]
    assert len(goals) > 20
    missing = [row["what"] for row in goals if row["what"] not in page]
    assert missing == [row["what"] for row in goals if row["what"].startswith("arrays")]
