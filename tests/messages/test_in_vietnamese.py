"""What is wrong with an input is said in Vietnamese wherever a clerk meets it."""

import json
import re

import pytest

from phananh.errors import CoverageError, InputError
from phananh.messages.catalogue import MESSAGES
from phananh.regulation.cleaning import clean_id
from tests.cli.terminal import run

NAMES = {"journal mode", "import phananh"}  # of SQLite's own setting, and a line of code


def english_left(english, vietnamese):
    """Return two words running of the English that stand in the Vietnamese, quotes left out."""
    bare = re.sub(r'`[^`]*`|"[^"]*"|\{\w+\}', "", english)
    pairs = re.findall(r"(?=\b([A-Za-z]{1,} [a-z]{2,})\b)", bare)
    return [two for two in pairs if two not in NAMES and re.search(rf"\b{two}\b", vietnamese)]


def test_no_half_of_a_sentence_is_left_in_english():
    """Neither a problem nor a way out has English words in its Vietnamese."""
    found = {
        code: left
        for code, m in MESSAGES.items()
        if (left := english_left(m.en, m.vi) + english_left(m.way_en, m.way_vi))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("C\u0411-01", "mã: ký tự thứ 2 là U+0411 CYRILLIC CAPITAL LETTER BE, không dùng trong mã"),
        ("CB\u200b", "mã: ký tự thứ 3 là U+200B ZERO WIDTH SPACE, không dùng trong mã"),
    ],
)
def test_an_odd_character_of_an_id_is_told_in_vietnamese(id, said):  # noqa: A002 - what it is
    """The character is named with its place, and so is the way out."""
    with pytest.raises(InputError) as caught:
        clean_id(id, field="mã")
    assert caught.value.text("vi").startswith(said)
    assert caught.value.text("vi").endswith("ký tự ASCII in được và dấu cách đơn")


def test_a_log_is_told_what_is_wrong_in_vietnamese(tmp_path):
    """Under --lang vi the line, and its reason as JSON, say it in words of the clerk."""
    log = tmp_path / "day.jsonl"
    log.write_text(
        '{"at": "2026-03-04T09:00:00+07:00", "act": "receive", "case": "a", "chanel": "phone"}\n',
        encoding="utf-8",
    )
    result = run("replay", str(log), "--lang", "vi")
    assert result.exit_code == 2
    assert "day.jsonl:1: không hợp lệ: 'chanel': không có trường này; có phải là channel?" in (
        result.stderr
    )
    assert "không hợp lệ  'chanel': không có trường này" in result.stdout
    reason = json.loads(run("replay", str(log), "--json").stdout)["reasons"][0]
    assert reason["vi"] == "không hợp lệ: 'chanel': không có trường này; có phải là channel?"
    assert reason["en"] == "'chanel': no such key; did you mean channel?"


def test_a_file_of_hours_is_told_what_is_wrong_in_vietnamese(tmp_path):
    """Under --lang vi a session that cannot be read is named in Vietnamese."""
    file = tmp_path / "hours.toml"
    file.write_text('[[hours]]\ndays = "mon-fri"\nsessions = ["7h30-11h30"]\n', encoding="utf-8")
    result = run("due", "2026-03-04T09:00", "5h", "--hours", str(file), "--lang", "vi")
    assert result.exit_code == 2
    assert "không" in result.stderr


def test_days_outside_a_calendar_are_told_in_vietnamese():
    """A log of years that no calendar knows says so in words of the clerk, as `due` does."""
    error = CoverageError(calendar="A", day="1950-03-05", first="1976-01-01", last="2100-12-31")
    assert (
        str(error)
        == error.text()
        == ("calendar A: 1950-03-05: no days are known there; covered: 1976-01-01 to 2100-12-31")
    )
    why = "chưa có dữ liệu ngày nghỉ của ngày này"
    said = f"lịch A: 05/03/1950: {why}; lịch có từ 01/01/1976 đến 31/12/2100"
    assert error.text("vi") == said
    given = "".join(
        f'{{"at": "1950-03-05T09:00:00+08:00", "by": {{"id": "o", "role": "operator"}}, '
        f'"case": "a", {more}}}\n'
        for more in (
            '"act": "receive", "kind": "information", "channel": "phone", "content": "x", '
            '"sender": {"name": "M", "phone": "02183831022"}',
            '"act": "escalate", "to": {"id": "c", "role": "officer"}',
        )
    )
    assert (
        f"stdin:2: không hợp lệ: {said}" in run("replay", "-", "--lang", "vi", given=given).stderr
    )
    wrong = run("due", "1950-03-05T09:00", "5h", "--lang", "vi")
    assert (wrong.exit_code, wrong.stderr) == (2, f"phananh: {said}\n")
