"""`phananh hours`: which office timetables there are, and one of them as a file to start from."""

from phananh.worktime import calendar_from_toml, vietnam_calendar
from tests.cli.terminal import run


def test_the_file_it_prints_is_the_calendar(file):
    """What --toml prints can be given to --hours, unchanged or edited."""
    text = run("hours", "VP", "--toml").stdout
    assert calendar_from_toml(text) == vietnam_calendar("VP")
    own = file(text.replace("16:30", "16:00"))
    assert run("due", "2026-03-04T15:30", "1h", "--hours", own).stdout == "2026-03-05T08:00:00\n"


def test_a_file_of_a_preset_s_name_goes_first(tmp_path, monkeypatch):
    """Whoever has a file `vp` in this folder and names it gets that file."""
    text = run("hours", "VP", "--toml").stdout.replace("16:30", "16:00")
    (tmp_path / "vp").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("due", "2026-03-04T15:30", "1h", "--hours", "vp").stdout == "2026-03-05T08:00:00\n"
