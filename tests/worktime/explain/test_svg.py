"""The picture as SVG: well-formed, alone, readable by eye and by ear, whatever stands in it."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from phananh.worktime import NoticeDay, Timetable, WorkCalendar, vietnam_calendar
from tests.worktime.calendars import HOUR, VP, A, in_hanoi

NIGHTS = WorkCalendar(timetable=Timetable.weekly("22:00-06:00"))
SVG = "{http://www.w3.org/2000/svg}"


def _tree(explanation, lang="vi"):
    # Our own output, with nothing external in it.
    return ElementTree.fromstring(explanation.svg(lang))  # noqa: S314


def _said(tree):
    return [text.text for text in tree.iter(f"{SVG}text")]


def _bars(tree, style):
    return [
        (float(bar.get("x")), float(bar.get("width")))
        for bar in tree.iter(f"{SVG}rect")
        if bar.get("class") == style and bar.get("height") == "24"
    ]


CASES = {
    "one day": A.explain(in_hanoi(2026, 3, 4, 9), 5 * HOUR),
    "tet": A.explain(in_hanoi(2026, 2, 13, 16), 5 * HOUR),
    "worked saturday": VP.explain(in_hanoi(2026, 1, 9, 15), 8 * HOUR),
    "on a holiday": A.explain(in_hanoi(2026, 2, 18, 9), 8 * HOUR),
    "at closing": A.explain(in_hanoi(2026, 3, 4, 17, 30), 8 * HOUR),
    "at night": A.explain(in_hanoi(2026, 3, 4, 23, 50), 8 * HOUR),
    "overnight": NIGHTS.explain(in_hanoi(2026, 12, 31, 23), 12 * HOUR),
    "nothing": A.explain(in_hanoi(2026, 3, 7, 3), timedelta()),
    "a microsecond": A.explain(in_hanoi(2026, 3, 4, 9), timedelta(microseconds=1)),
    "three months": A.explain(in_hanoi(2026, 1, 5, 9), 600 * HOUR),
}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", CASES)
def test_the_document_stands_alone(name, lang):
    """It is well-formed, has a title and the whole text, runs nothing and fetches nothing."""
    explanation = CASES[name]
    tree = _tree(explanation, lang)
    title, desc = tree.find(f"{SVG}title"), tree.find(f"{SVG}desc")
    assert tree.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert (tree.get("role"), tree.get("lang")) == ("img", lang)
    assert title.text.removeprefix("Hạn: ").removeprefix("Due: ") in explanation.text(lang)
    assert desc.text == explanation.text(lang)
    drawn = explanation.svg(lang)
    assert not re.search(r"<script|<image|<foreignObject|@import|url\(|href|\bon\w+=", drawn)
    assert drawn.count("http") == 1  # the name of the format


@pytest.mark.parametrize("name", CASES)
def test_nothing_runs_out_of_the_card(name):
    """Every bar, line and mark lies within the card."""
    tree = _tree(CASES[name])
    wide, high = (float(n) for n in tree.get("viewBox").split()[2:])
    for bar in tree.iter(f"{SVG}rect"):
        assert float(bar.get("x")) >= 0
        assert float(bar.get("x")) + float(bar.get("width")) <= wide
        assert float(bar.get("y")) + float(bar.get("height")) <= high
    for text in tree.iter(f"{SVG}text"):
        assert 0 < float(text.get("x")) < wide
        if "pa-start" in text.get("class"):
            assert float(text.get("x")) + 6 * len(text.text) < wide
        assert 0 < float(text.get("y")) < high


def test_bars_are_as_long_as_the_time_they_stand_for():
    """Two and a half hours before lunch and after it are two bars of one length."""
    tree = _tree(CASES["one day"])
    morning, afternoon = _bars(tree, "pa-counted")
    assert morning[1] == pytest.approx(afternoon[1], abs=0.2)
    opens = _bars(tree, "pa-open")
    assert morning[1] / opens[0][1] == pytest.approx(2.5 / 4, abs=0.002)
    assert morning[0] + morning[1] == pytest.approx(opens[0][0] + opens[0][1], abs=0.2)


def test_closed_days_are_folded_with_their_reasons():
    """Nine days of Tết are one row of four lines, between two days with hours."""
    said = _said(_tree(CASES["tet"], "en"))
    assert said[said.index("14 Feb - 22 Feb") :][1:5] == [
        "14 Feb to 15 Feb weekly rest",
        "16 Feb to 20 Feb Lunar New Year (Tết) (Labour Code 2019, Article 112; TB 9441/TB-BNV of",
        "2025-10-16)",
        "21 Feb to 22 Feb weekly rest",
    ]
    assert len(_bars(_tree(CASES["tet"]), "pa-open")) == 4


def test_the_marks_say_when():
    """Received and due stand at their times; on a day off, received is told in its row."""
    assert {"nhận 15:00", "hạn 15:00"} <= {*_said(_tree(CASES["worked saturday"]))}
    said = _said(_tree(CASES["on a holiday"]))
    assert "nhận 09:00 thứ Tư 18/02/2026" in said
    assert "hạn 17:30" in said


@pytest.mark.parametrize("note", ['<script>alert("&")</script>', "a\x00b\x1b[31m\u202ec\udc80"])
def test_no_word_breaks_out(note):
    """What stands in a note is text, and what XML cannot hold is replaced."""
    half = NoticeDay(date(2026, 12, 30), "hours", sessions="07:30-11:30", note=note)
    explanation = vietnam_calendar("A", overrides=[half]).explain(
        in_hanoi(2026, 12, 29, 16), 8 * HOUR
    )
    tree = _tree(explanation)
    assert not list(tree.iter(f"{SVG}script"))
    assert re.sub("[\x00\x1b\u202e\udc80]", "\ufffd", note) in _said(tree)
    explanation.svg().encode()
