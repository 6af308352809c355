"""`phananh hours`: which office timetables there are, and one of them as a file to start from."""

import json

from phananh.worktime import calendar_from_toml, vietnam_calendar
from phananh.worktime.presets import PRESETS
from tests.cli.terminal import run


def test_every_timetable_is_listed_with_its_source():
    """One line each, in both languages: name, whose, hours, dates, status, source."""
    listed = run("hours")
    assert [line.split()[0] for line in listed.stdout.splitlines()[1:]] == list(PRESETS)
    assert "mon-fri 07:00-11:30, 13:30-17:00 04-16 to 10-15" in listed.stdout
    assert "QĐ 873/QĐ-UBND of 2020-04-08" in listed.stdout
    said = run("hours", "--lang", "vi", "haiduong")
    assert "T2-T6 07:00-11:30, 13:30-17:00 (01/04/2024 - 31/10/2024)" in said.stdout
    assert "01/11/2023 đến 31/10/2024  đã công bố" in said.stdout


def test_one_timetable_as_json():
    """The facts of one preset are one object."""
    facts = json.loads(run("hours", "VP", "--json").stdout)
    assert facts["document"] == "QĐ 873/QĐ-UBND"
    assert facts["issued"] == facts["valid_from"] == "2020-04-08"
    assert facts["hours"][1] == "mon-fri 07:30-12:00, 13:00-16:30 10-16 to 04-15"


def test_the_file_it_prints_is_the_calendar(file):
    """What --toml prints can be given to --hours, unchanged or edited."""
    text = run("hours", "VP", "--toml").stdout
    assert calendar_from_toml(text) == vietnam_calendar("VP")
    own = file(text.replace("16:30", "16:00"))
    found = run("due", "2026-03-04T15:30", "1h", "--hours", own)
    assert found.stdout == "2026-03-05T08:00:00\n"


def test_an_unknown_name_is_refused_with_the_known_ones():
    """Wrong usage exits with 2 and lists the names."""
    wrong = run("hours", "HN")
    assert wrong.exit_code == 2
    assert wrong.stderr == f"phananh: no hours 'HN'. Use one of {', '.join(PRESETS)}.\n"


def test_hours_that_have_ended_say_so():
    """A timetable of one winter promises nothing years later."""
    ended = run("due", "2026-03-04T09:00", "5h", "--hours", "HATINH")
    assert ended.exit_code == 2
    assert "no working time left after 2018-04-15" in ended.stderr


def test_hours_are_named_in_any_case_and_never_blank():
    """`--hours vp` is VP, as `phananh hours vp` is; a blank name is told with the known ones."""
    asked = ("due", "2026-03-04T16:00", "1h", "--hours")
    assert run(*asked, "vp").stdout == run(*asked, "VP").stdout != run(*asked, "A").stdout
    blank = run(*asked, "")
    assert (blank.exit_code, blank.stdout) == (2, "")
    assert "hours '': neither a preset (A, VP, " in blank.stderr


def test_a_file_of_a_preset_s_name_goes_first(tmp_path, monkeypatch):
    """Whoever has a file `vp` in this folder and names it gets that file."""
    text = run("hours", "VP", "--toml").stdout.replace("16:30", "16:00")
    (tmp_path / "vp").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("due", "2026-03-04T15:30", "1h", "--hours", "vp").stdout == "2026-03-05T08:00:00\n"
