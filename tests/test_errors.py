"""Every error: its text in both languages, its facts as plain data, and a pickle of it."""

import json
import pickle
import re
import traceback
from datetime import UTC, datetime, timedelta

import attrs
import pytest

from phananh import Person, errors
from phananh.articles import Article
from phananh.errors import (
    ActError,
    ClockError,
    CodedError,
    CommandReusedError,
    ConflictError,
    CorruptError,
    CoverageError,
    DuplicateError,
    InputError,
    InputTypeError,
    LeaseLostError,
    NotFoundError,
    NoWorkingTimeError,
    PhanAnhError,
    Refusal,
    RefusedError,
    SchemaError,
    StepNotAllowedError,
    StoreError,
    UnknownArticleError,
    UnknownCalendarError,
    UnknownRulesError,
)
from phananh.messages.catalogue import MESSAGES
from phananh.worktime import calendar_from_toml

CLAUSE = Article("8.1.a")
REFUSALS = (
    Refusal(code="wrong_role", article=CLAUSE, facts={"role": "agency"}),
    Refusal(code="blank", article=None, facts={"field": "text"}),
)
DAYS = {"calendar": "A", "day": "1950-03-05", "first": "1976-01-01", "last": "2100-12-31"}

# Each error, its text in English and in Vietnamese.
SAID = [
    (PhanAnhError(article=CLAUSE), "an error of phananh", "lỗi của phananh"),
    (
        InputError(field="phone", code="blank_option"),
        "phone: is blank; leave it out",
        "số điện thoại: để trống; nếu không có thì bỏ mục này",
    ),
    (
        UnknownRulesError(rules="OLD-1", case="HB-1", known=("NEW-1", "NEW-2")),
        "case HB-1: received under the rules OLD-1, but the desk knows only NEW-1, NEW-2; give "
        "those rules to the desk as well, in `rules`",
        "PAKN HB-1: được tiếp nhận theo bộ quy định OLD-1, đang có: NEW-1, NEW-2; đưa cả bộ quy "
        "định đó vào `rules`",
    ),
    (
        ClockError(
            case="HB-1",
            now="2026-03-04T08:00:00+07:00",
            last="2026-03-04T08:02:00+07:00",
            behind=timedelta(minutes=2),
            allowed=timedelta(minutes=1),
        ),
        "case HB-1: the clock says 2026-03-04T08:00:00+07:00, 2 min before its last event at "
        "2026-03-04T08:02:00+07:00; set the clock right, to less than 1 min behind. "
        "If the last event was recorded by a clock that was ahead, wait until then, or use a desk "
        "with a longer `clock_skew`",
        "PAKN HB-1: giờ của máy là 2026-03-04T08:00:00+07:00, sớm hơn bước cuối lúc "
        "2026-03-04T08:02:00+07:00 tới 2 phút; chỉnh lại giờ của máy; "
        "được chênh lệch dưới 1 phút; nếu bước cuối được ghi khi giờ máy chạy sai: chờ đến lúc đó, "
        "hoặc dùng Desk có `clock_skew` lớn hơn",
    ),
    (
        InputTypeError(field="reasons", code="not_a_list", value="'x{0}'"),
        "reasons: 'x{0}' is not a list; give a list, even of one",
        "lý do không tiếp nhận: 'x{0}' không phải danh sách; "
        "viết dạng danh sách, kể cả khi chỉ có một",
    ),
    (
        UnknownArticleError(
            field="article", code="unknown_article", value="'9.4'", known=("9.2", "9.3")
        ),
        "article: '9.4' is not a clause of the Regulation; the closest are 9.2, 9.3",
        "article: không có điều khoản '9.4'; gần giống: 9.2, 9.3",
    ),
    (
        CommandReusedError(
            field="command_id", code="command_of_another_act", value="'c'"
        ),
        "command_id: 'c' was used for another act; give each act its own id",
        "command_id: 'c' đã dùng cho bước khác; mỗi bước một mã riêng",
    ),
    (
        CoverageError(**DAYS),
        "calendar A: 1950-03-05: no days are known there; covered: 1976-01-01 to 2100-12-31",
        "lịch A: 05/03/1950: chưa có dữ liệu ngày nghỉ của ngày này; "
        "lịch có từ 01/01/1976 đến 31/12/2100",
    ),
    (
        CoverageError(**{**DAYS, "day": "0001"}),
        "calendar A: 0001: no days are known there; covered: 1976-01-01 to 2100-12-31",
        "lịch A: 0001: chưa có dữ liệu ngày nghỉ của ngày này; "
        "lịch có từ 01/01/1976 đến 31/12/2100",
    ),
    (
        UnknownCalendarError(calendars=("A 1",), cases=("HB-1",), deadlines=2, known=("B 2",)),
        "calendar A 1: named by HB-1, ... (2 in all), but the desk knows only B 2; "
        "give it to the desk, as it was, in `former`",
        "lịch A 1: PAKN HB-1, ... vẫn nêu (tổng cộng 2 hạn), lịch đang có: B 2; "
        "đưa lịch đó, như khi ấy, vào `former`",
    ),
    (
        UnknownCalendarError(calendars=("A 1",), cases=(), deadlines=1, known=()),
        "calendar A 1: named by a deadline (1 in all), but the desk knows only none; "
        "give it to the desk, as it was, in `former`",
        "lịch A 1: 1 hạn vẫn nêu, lịch đang có: không có; đưa lịch đó, như khi ấy, vào `former`",
    ),
    (
        NotFoundError(key="HB-1"),
        "no case 'HB-1'; check each letter of the id or tracking code",
        "không có phản ánh, kiến nghị 'HB-1'; kiểm tra từng ký tự của mã hoặc mã tra cứu",
    ),
    (
        ConflictError(case="HB-1", expected=1, actual=2, fresh=REFUSALS),
        "case HB-1: changed since you loaded it (version 1, now 2); reload and retry",
        "PAKN HB-1: đã thay đổi sau khi được đọc (phiên bản 1, nay là 2); "
        "đọc lại rồi thử lại",
    ),
    (
        ConflictError(case="HB-1", expected=1),
        "case HB-1: changed since you loaded it (version 1, now unknown); reload and retry",
        "PAKN HB-1: đã thay đổi sau khi được đọc (phiên bản 1, nay chưa rõ); "
        "đọc lại rồi thử lại",
    ),
    (
        LeaseLostError(consumer="mail", number=3),
        "consumer 'mail': another worker claimed it, or lease 3 was released; "
        "stop, and `claim` again",
        "chương trình nhận 'mail': tiến trình khác đã nhận đọc, hoặc quyền đọc số 3 đã được trả; "
        "dừng lại và nhận đọc lại bằng `claim`",
    ),
    (
        DuplicateError(command_id="x", case="HB-1", version=2),
        "command 'x': recorded before, case HB-1 version 2",
        "lệnh 'x': đã được ghi, PAKN HB-1 phiên bản 2",
    ),
    (
        StoreError(doing="loading", where="x.db", code="disk_full", cause="13"),
        "while loading a case: x.db: the disk is full (13)",
        "khi đọc phản ánh, kiến nghị: x.db: đĩa đã đầy (13)",
    ),
    (
        StoreError(
            doing="recording_cases", code="busy", seconds="5", case="HB-1", version=2, more=3
        ),
        "while recording case HB-1 version 2 and 3 more: "
        "busy: another connection is writing, waited 5 s; try again",
        "khi ghi PAKN HB-1 phiên bản 2 và 3 bước nữa: "
        "đang bận: kết nối khác đang ghi, đã chờ 5 giây; hãy thử lại",
    ),
    (
        StoreError(doing="shaking hands", where="x:5432", problem="no {route}"),
        "while shaking hands: x:5432: no {route}",
        "khi shaking hands: x:5432: no {route}",
    ),
    (StoreError(doing="loading"), "while loading a case", "khi đọc phản ánh, kiến nghị"),
    (
        SchemaError(doing="opening", code="schema_newer", found="99", needed="1"),
        "while opening the store: schema 99, needed 1: the tables are of a newer phananh, so they "
        "were left unchanged; upgrade phananh",
        "khi mở cơ sở dữ liệu: lược đồ 99, cần 1: các bảng là của phananh mới hơn, nên dữ liệu "
        "được giữ nguyên; hãy nâng cấp phananh",
    ),
    (
        SchemaError(doing="opening", code="tables_missing", found="none", needed="1"),
        "while opening the store: there are no tables of phananh yet; make them with "
        "`phananh db migrate` or the statements of schema_sql()",
        "khi mở cơ sở dữ liệu: chưa có các bảng của phananh; tạo bằng `phananh db migrate` "
        "hoặc các lệnh của schema_sql()",
    ),
    (
        CorruptError(doing="loading", code="value_lacks_offset", case="HB-1", version=2),
        "while loading a case: case HB-1, version 2: an instant without offset",
        "khi đọc phản ánh, kiến nghị: PAKN HB-1, phiên bản 2: thời điểm không có múi giờ",
    ),
]  # fmt: skip
# Words of steps, states and roles stand in labels and refusals, which say their own.
OTHERS = [
    NoWorkingTimeError(code="never_opens"),
    StepNotAllowedError(
        case="HB-1", state="received", holder="operator", trigger="close", allowed=("answer",)
    ),
    StepNotAllowedError(case="HB-1", state="closed", holder=None, trigger="close"),
    RefusedError(case="HB-1", trigger="answer", refusals=REFUSALS, article=CLAUSE),
]
EVERY = [error for error, _, _ in SAID] + OTHERS


def test_an_error_says_the_same_in_both_languages():
    """A page shows an error as it is, in its own language; the message is the English."""
    for error, en, vi in SAID:
        assert (str(error), error.text(), error.text("vi")) == (en, en, vi)


def test_a_step_that_is_not_allowed_names_what_is():
    """English tells what was tried in words, and the acts allowed by their slugs."""
    with_holder, without = OTHERS[1:3]
    said = "case HB-1: cannot close a received case (held by operator); steps of this state: answer"
    assert str(with_holder) == said
    said = (
        "case HB-1: cannot close a closed case; steps of this state: none; for new facts receive "
    )
    assert str(without).startswith(said)
    assert with_holder.text("vi").startswith("PAKN HB-1 (đã tiếp nhận, điện thoại viên): ")
    assert "các bước có thể thực hiện ở trạng thái này: không có; việc mới" in without.text("vi")


def test_a_refused_act_names_every_reason_with_its_article():
    """Both reasons are said; the first cites its clause, the second has none."""
    reasons = OTHERS[3].text().removeprefix("case HB-1: answer refused: ")
    assert reasons == f"{REFUSALS[0].text()} ({CLAUSE.en}); {REFUSALS[1].text()}"
    vietnamese = OTHERS[3].text("vi")
    assert vietnamese.startswith("PAKN HB-1: không được thực hiện bước trả lời: ")
    assert vietnamese.endswith(f"{REFUSALS[0].text('vi')} ({CLAUSE.vi}); {REFUSALS[1].text('vi')}")


@pytest.mark.parametrize("error", EVERY, ids=lambda error: type(error).__name__)
def test_every_error_comes_back_from_a_pickle(error):
    """Type, texts, facts and plain data are the same; a fresh case stays behind."""
    back = pickle.loads(pickle.dumps(error))
    assert (type(back), back.text(), back.text("vi")) == (
        type(error),
        error.text(),
        error.text("vi"),
    )
    assert back.as_dict() == error.as_dict()
    assert getattr(back, "facts", None) == getattr(error, "facts", None)
    assert getattr(back, "fresh", None) is None


@pytest.mark.parametrize("error", EVERY, ids=lambda error: type(error).__name__)
def test_every_error_is_plain_data(error):
    """A log line is the class, the message, what is wrong, the way out and the facts, as JSON."""
    plain = json.loads(json.dumps(error.as_dict("vi")))
    assert (plain, list(plain)[:3]) == (error.as_dict("vi"), ["error", "message", "article"])
    assert (plain["error"], plain["message"]) == (type(error).__name__, error.text("vi"))
    assert plain["code"] in MESSAGES
    said = (plain["problem"], plain["way_out"])
    assert all(isinstance(text, str) for text in said)
    assert all(text in error.text() for text in said)
    if isinstance(error, CodedError):
        assert plain["code"] == error.code
        assert "facts" not in plain


def test_plain_data_of_a_store_has_the_keys_it_had():
    """Programs that read `doing`, `where` and `problem` find the English of them."""
    error = SchemaError(doing="opening", where="x.db", code="schema_newer", found="9", needed="1")
    assert error.as_dict() == {
        "error": "SchemaError",
        "message": str(error),
        "article": None,
        "doing": "opening the store",
        "where": "x.db",
        "problem": "the tables are of a newer phananh, so they were left unchanged",
        "way_out": "upgrade phananh",
        "found": "9",
        "needed": "1",
        "code": "schema_newer",
    }


STATUS = {
    "RefusedError": 403, "NotFoundError": 404, "StepNotAllowedError": 409, "ConflictError": 409,
    "DuplicateError": 409, "LeaseLostError": 409, "CommandReusedError": 409, "InputError": 422,
    "InputTypeError": 422, "UnknownArticleError": 422, "CoverageError": 422, "StoreError": 503,
    "ClockError": 503,
}  # fmt: skip


def test_every_error_has_the_status_of_a_web_page():
    """What is not of the user's or the program's making is 500, and the rest has its own."""
    for error in EVERY:
        assert error.http_status == STATUS.get(type(error).__name__, 500)


def test_what_a_user_did_and_what_a_program_passed_have_two_bases():
    """An `except ValueError` around the parsing of a form swallows no refusal."""
    acts = {type(error) for error in EVERY if isinstance(error, ActError)}
    assert acts == {RefusedError, StepNotAllowedError, ConflictError}
    for kind in acts:
        assert issubclass(kind, RuntimeError)
        assert not issubclass(kind, ValueError)
    assert issubclass(InputError, ValueError)


def test_every_class_is_tested_here():
    """A class that is new has to be pickled and said too."""
    classes = {
        each
        for each in vars(errors).values()
        if getattr(each, "__module__", "") == errors.__name__ and attrs.has(each)
    }
    assert classes - {type(error) for error in EVERY} == {ActError, CodedError, Refusal}


def test_a_traceback_names_the_place_of_import():
    """An error is `phananh.errors.X` wherever it stands, so that it can be caught by that name."""
    shown = traceback.format_exception_only(NotFoundError(key="x"))[0]
    assert shown.startswith("phananh.errors.NotFoundError: no case 'x'")


def test_the_same_error_of_another_field():
    """A reader knows a field by another name; the rest of the error stays."""
    error = InputTypeError(field="at", code="not_a_list", value="5", article=CLAUSE)
    other = error.of_field("lines.at")
    assert type(other) is InputTypeError
    assert (other.field, other.code, other.facts) == ("lines.at", error.code, error.facts)
    assert (other.problem, other.way_out, other.article) == (
        error.problem, error.way_out, error.article,
    )  # fmt: skip


def test_a_code_of_others_says_itself():
    """An error made with a code that has no message can still be told."""
    error = InputError(field="row", code="no {such} row", value=1)
    assert (str(error), error.text("vi")) == ("row: no {such} row", "row: no {such} row")
    assert (error.problem, error.way_out) == ("no {such} row", "")


# What outsiders write is shown on one line: no error breaks a log or colours a terminal.
pytest.importorskip("icalendar")
ical = pytest.importorskip("phananh.worktime.formats.ical")

EVIL = "a\n2026 CRITICAL \x1b[31m\u2028\u202e\ud800"
CONTROLS = set("\n\r\x1b\u2028\u202e\ud800")


def _event(old="", new=""):
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:u",
        "DTSTART;VALUE=DATE:20260101", "CATEGORIES:PHANANH-OFF", "X-PHANANH-DOCUMENT:d",
        "X-PHANANH-ISSUED:2025-12-25", "SEQUENCE:0", "STATUS:CONFIRMED", "X-PHANANH-KNOWN-ON:",
        "END:VEVENT", "END:VCALENDAR",
    )  # fmt: skip
    return "\n".join(lines).replace(old, new) + "\n"


TOML = """format = 1
name = "x"
zone = "Asia/Ho_Chi_Minh"
base = "none"
[[schedule]]
days = ["mon"]
sessions = ["07:30-11:30"]
from = "01-01"
to = "12-31"
[[notice]]
document = "1/QD"
status = "official"
issued = 2026-01-01
[[notice.day]]
date = 2026-01-05
kind = "off"
"""
TOML_EVIL = '"a\\n2026 CRITICAL \\u001b[31m\\u2028\\u202e"'


@pytest.mark.parametrize(
    "old",
    ["zone", '"none"', '"mon"', '"07:30-11:30"', '"01-01"', '"12-31"', '"official"', '"off"',
     '"Asia/Ho_Chi_Minh"', "document", "base", "2026-01-05"],
)  # fmt: skip
def test_no_key_or_text_of_a_toml_file_breaks_a_line_of_a_log(old):
    """What an outsider writes into a key or a value is shown escaped."""
    with pytest.raises(PhanAnhError) as caught:
        calendar_from_toml(TOML.replace(old, TOML_EVIL, 1))
    _check_is_one_line(caught.value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("UID:u", "UID:a\\nb\x1b[31m\nX-PHANANH-BAD:1"),
        ("PHANANH-OFF", "PHANANH-\\nb\x1b[31m"),
        ("STATUS:CONFIRMED", "STATUS:a\\nb\x1b[31m"),
        ("SEQUENCE:0", "SEQUENCE:a\\nb\x1b[31m"),
        ("2025-12-25", "a\\nb\x1b[31m"),
        ("KNOWN-ON:", "KNOWN-ON:a\\nb\x1b[31m"),
        ("DOCUMENT:d", "DOCUMENT:a\\nb\x1b[31m\nX-PHANANH-SWAPPED-WITH:2026-01-01"),
        ("VALUE=DATE:20260101", "VALUE=DATE:a\x1b[31m"),
        ("PRODID:x", "\x1b[31m"),
    ],
)
def test_no_text_of_an_icalendar_file_breaks_a_line_of_a_log(old, new):
    """A UID, a category, a status or a document is shown escaped, wherever it is named."""
    with pytest.raises(PhanAnhError) as caught:
        ical.feed_from_ical(_event(old, new))
    _check_is_one_line(caught.value)


def test_no_name_of_a_calendar_or_file_breaks_a_line_of_a_log():
    """Nor does what a program calls its files, its calendars, its cases or its people."""
    day = datetime(1900, 1, 1, tzinfo=UTC)
    hours = TOML.replace('"x"', TOML_EVIL, 1).replace('base = "none"', "")
    for fails in (
        lambda: calendar_from_toml(hours).add(day, timedelta(hours=1)),
        lambda: calendar_from_toml("a", where=EVIL),
        lambda: ical.feed_from_ical("a\nb", where=EVIL),
        lambda: Person(id=EVIL, role="operator"),
        lambda: Person(id="a", role=EVIL),
    ):
        with pytest.raises(PhanAnhError) as caught:
            fails()
        _check_is_one_line(caught.value)
    for error in EXAMPLES_OF_ERRORS:
        _check_is_one_line(error)


EXAMPLES_OF_ERRORS = (
    InputError(field=EVIL, code="unknown_value", value=EVIL, known=(EVIL,)),
    CoverageError(calendar=EVIL, day="1900-01-01", first="1976-01-01", last="2100-12-31"),
    NotFoundError(key=EVIL),
    UnknownRulesError(rules=EVIL, case=EVIL, known=(EVIL,)),
    UnknownCalendarError(calendars=(EVIL,), cases=(EVIL,), deadlines=1, known=(EVIL,)),
    InputError(field="x", code=EVIL),
)


def test_the_middle_of_a_huge_sentence_is_left_out():
    """A key of 390,000 letters fills no log; the way out at the end is kept."""
    with pytest.raises(PhanAnhError) as caught:
        calendar_from_toml(f'format = 1\n"{"a" * 390_000}" = 1\n')
    assert len(text := str(caught.value)) < 4_000
    assert re.fullmatch(r"<text>: aaa.* \.\.\. .*use format, name.*", text, re.DOTALL)


def _check_is_one_line(error):
    said = error.as_dict()
    for text in (str(error), error.text("vi"), said["message"], said["problem"], said["way_out"]):
        assert not set(text) & CONTROLS, ascii(text)
