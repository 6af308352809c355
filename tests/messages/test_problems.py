"""What is wrong with an input is told in Vietnamese wherever a clerk meets it."""

import json
import pickle
import re

import pytest

from phananh.articles import Article
from phananh.errors import (
    ConflictError,
    CoverageError,
    DuplicateError,
    InputError,
    NotFoundError,
    NoWorkingTimeError,
    Refusal,
    RefusedError,
    StepNotAllowedError,
    UnknownCalendarError,
)
from phananh.messages.problems import PROBLEMS, WAYS, told
from phananh.regulation.values.cleaning import clean_id
from tests.cli.terminal import run
from tests.messages.sentences import sentences, trees

# What stays as it is, and why.
AS_THEY_ARE = {
    'hours = "A"': "a line of a file",
    "<> is not <>": "of what it is not each has its own sentence: see the test of a file's types",
}
NAMES = {"journal mode", "import phananh"}  # of SQLite's own setting, and a line of code
MODULES = [name for name in trees() if not name.startswith(("cli/", "problems/"))]


def _in_vietnamese(word, sentence):
    english = f"while {sentence}" if word == "doing" else sentence
    if word == "way_out":
        return english, told("", english, "vi").removeprefix("; ")
    return english, told(english, "", "vi")


def _english_left(english, vietnamese):
    """Return two words running of the English that stand in the Vietnamese, quotes left out."""
    bare = re.sub(r'"[^"]*"|`[^`]*`', "", english)
    pairs = re.findall(r"(?=\b([A-Za-z]{1,} [a-z]{2,})\b)", bare)
    return [two for two in pairs if two not in NAMES and re.search(rf"\b{two}\b", vietnamese)]


@pytest.mark.parametrize("module", MODULES)
def test_each_sentence_of_each_module_has_a_vietnamese_one(module):
    """No problem, way out or step of a store is told in English, nor half of it."""
    for word, sentence in set(sentences(module)):
        if sentence in AS_THEY_ARE or not re.search("[a-z]", sentence):
            continue
        english, vietnamese = _in_vietnamese(word, sentence)
        assert vietnamese != english, f"{word}: {sentence}"
        assert _english_left(english, vietnamese) == []


def test_the_sentences_of_a_module_are_found_however_they_are_put_together():
    """A constant, two words, a call, a caller's words: without one of these a gap would pass."""
    found = {sentence for module in MODULES for _, sentence in sentences(module)}
    assert len(found) > 300
    assert {
        "is blank",  # written where it is raised
        "calendar <> has no working time left before <>",  # a name of two words put in
        "<>: <> is swapped with <>, but not the other way round",  # what a function returns
        "stands on an event of several days",  # what a caller gives
        "use <>",
        "an instant without offset",  # an error that becomes another
    } <= found
    assert sum(sentence.strip("<> ") == "" for sentence in found) <= 4


@pytest.mark.parametrize("name", ["a list", "a text", "a date", "a boolean"])
def test_each_type_of_a_file_has_a_vietnamese_sentence(name):
    """What a value of a file is not is told in Vietnamese, whichever type is wanted."""
    vietnamese = told(f"5 is not {name}", "", "vi")
    assert vietnamese.startswith("5 không phải ")
    assert _english_left(name, vietnamese) == []


@pytest.mark.parametrize("table", [PROBLEMS, WAYS])
def test_what_was_given_is_put_in_the_same_order(table):
    """Both sentences have as many places, and a number of each is kept."""
    for english, vietnamese in table.items():
        assert english.count("{}") == vietnamese.count("{}")
        given = [f"<{n}>" for n in range(english.count("{}"))]
        word = (english.format(*given), "") if table is PROBLEMS else ("", english.format(*given))
        said = told(*word, "vi")
        assert [said.find(one) for one in given] == sorted(said.find(one) for one in given)
        assert vietnamese.format(*given) in said


def test_an_error_speaks_both_languages():
    """The text is the message in English, and its Vietnamese; the field is named as given."""
    error = InputError(field="reasons", problem="not a list: 'x{0}'", way_out="give a list")
    assert str(error) == error.text() == "reasons: not a list: 'x{0}'; give a list"
    assert error.text("vi") == "reasons: không phải danh sách: 'x{0}'; viết dạng danh sách"
    assert pickle.loads(pickle.dumps(error)).text("vi") == error.text("vi")
    never = NoWorkingTimeError(problem="the calendar never opens")
    assert never.text("vi") == (
        "lịch không có giờ làm việc nào; cho lịch ít nhất một buổi làm việc lặp lại"
    )


@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("\u0421B-01", "mã: '\\u0421B-01' trộn nhiều loại chữ: U+0421 CYRILLIC CAPITAL LETTER ES"),
        ("\u0421\u0411", "mã: '\\u0421\\u0411' không phải chữ La-tinh: U+0421 CYRILLIC CAPITAL"),
    ],
)
def test_an_id_of_two_scripts_is_told_in_vietnamese(id, said):  # noqa: A002 - what it is
    """The look-alike letter is named, and so is the way out."""
    with pytest.raises(InputError) as caught:
        clean_id(id, field="mã")
    assert caught.value.text("vi").startswith(said)
    assert caught.value.text("vi").endswith("chữ trông giống làm không rõ là ai")


def test_what_somebody_else_says_stays():
    """A sentence that is not ours, such as a library's, is put in as it is."""
    error = InputError(field="clock", problem="no clock: out of order", way_out="wind it up")
    assert error.text("vi") == "clock: không phải đồng hồ: out of order; wind it up"
    assert str(error) == "clock: no clock: out of order; wind it up"


def test_a_log_is_told_what_is_wrong_in_vietnamese(tmp_path):
    """Under --lang vi the line, and its reason as JSON, say it in words of the clerk."""
    log = tmp_path / "day.jsonl"
    log.write_text(
        '{"at": "2026-03-04T09:00:00+07:00", "act": "receive", "case": "a", "chanel": "phone"}\n',
        encoding="utf-8",
    )
    result = run("replay", str(log), "--lang", "vi")
    assert result.exit_code == 2
    assert "day.jsonl:1: không hợp lệ: 'chanel': khóa không có; có phải là channel?" in (
        result.stderr
    )
    assert "không hợp lệ  'chanel': khóa không có" in result.stdout
    reason = json.loads(run("replay", str(log), "--json").stdout)["reasons"][0]
    assert reason["vi"] == "không hợp lệ: 'chanel': khóa không có; có phải là channel?"
    assert reason["en"] == "'chanel': unknown key; did you mean channel?"


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
    said = "lịch A: 05/03/1950: không biết ngày nghỉ ở đó; lịch có từ 01/01/1976 đến 31/12/2100"
    assert error.text("vi") == said
    given = "".join(
        f'{{"at": "1950-03-05T09:00:00+08:00", "by": {{"id": "o", "role": "operator"}}, '
        f'"case": "a", {more}}}\n'
        for more in (
            '"act": "receive", "kind": "information", "channel": "phone", "content": "x", '
            '"sender": {}',
            '"act": "escalate", "to": {"id": "c", "role": "officer"}',
        )
    )
    assert (
        f"stdin:2: không hợp lệ: {said}" in run("replay", "-", "--lang", "vi", given=given).stderr
    )
    wrong = run("due", "1950-03-05T09:00", "5h", "--lang", "vi")
    assert (wrong.exit_code, wrong.stderr) == (2, f"phananh: {said}\n")


@pytest.mark.parametrize(
    ("error", "en", "vi"),
    [
        (
            NotFoundError(key="HB-1"),
            "no case 'HB-1'; check each letter of the id or tracking code",
            "không có hồ sơ 'HB-1'; kiểm tra từng ký tự của mã hồ sơ hoặc mã tra cứu",
        ),
        (
            StepNotAllowedError(
                case="HB-1",
                state="received",
                holder="operator",
                trigger="close",
                allowed=("answer",),
            ),
            "case HB-1: no step close from received (operator); allowed: answer",
            "hồ sơ HB-1 đã tiếp nhận (điện thoại viên): không có bước kết thúc; có thể: trả lời",
        ),
        (
            RefusedError(
                case="HB-1",
                trigger="answer",
                refusals=(
                    Refusal(code="wrong_role", article=Article("8.1.a"), facts={"role": "agency"}),
                    Refusal(code="blank", article=Article("8.1.a"), facts={"field": "text"}),
                ),
            ),
            "case HB-1: answer refused: the role agency focal point may not do this "
            "(Art. 8(1)(a)); text is blank (Art. 8(1)(a))",
            "hồ sơ HB-1: không trả lời được: cán bộ đầu mối của cơ quan, đơn vị không có thẩm "
            "quyền thực hiện bước này (điểm a khoản 1 Điều 8); nội dung còn để trống "
            "(điểm a khoản 1 Điều 8)",
        ),
        (
            ConflictError(case="HB-1", expected=1, actual=2),
            "case HB-1: decided on version 1, stored version is 2; "
            "look at the fresh case and decide again",
            "hồ sơ HB-1: quyết định trên phiên bản 1, phiên bản đang lưu là 2; "
            "xem hồ sơ mới nhất rồi quyết định lại",
        ),
        (
            ConflictError(case="HB-1", expected=1),
            "case HB-1: decided on version 1, stored version is unknown; "
            "look at the fresh case and decide again",
            "hồ sơ HB-1: quyết định trên phiên bản 1, chưa rõ phiên bản đang lưu; "
            "xem hồ sơ mới nhất rồi quyết định lại",
        ),
        (
            DuplicateError(command_id="x", case="HB-1", version=2),
            "command 'x': recorded before, case HB-1 version 2",
            "lệnh 'x': đã được ghi, hồ sơ HB-1 phiên bản 2",
        ),
        (
            UnknownCalendarError(calendars=("A 1",), cases=("HB-1",), deadlines=1, known=("B 2",)),
            "calendar A 1: named by HB-1 (1 in all), but the desk knows only B 2; "
            "give it to the desk, as it was, in `former`",
            "lịch A 1: hồ sơ HB-1 còn nêu (tổng cộng 1 hạn), nhưng chỉ biết B 2; "
            "đưa lịch đó, như khi ấy, vào `former`",
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_what_a_desk_raises_is_told_in_both_languages(error, en, vi):
    """A portal can show every error of a desk as it is, in the language of its page."""
    assert (str(error), error.text(), error.text("vi")) == (en, en, vi)
