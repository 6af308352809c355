"""What a newcomer gets wrong is told by the name of the argument, with what works instead."""

import inspect
import sqlite3
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import find

from phananh import Desk, InputError, MemoryStore, Person, Rules, Term, open_store
from phananh.errors import InputTypeError, PhanAnhError, Refusal, SchemaError, StoreError
from phananh.regulation.acts import Close, Complete
from phananh.regulation.deadline import Limit
from phananh.regulation.rules import HOA_BINH_2019
from phananh.stores.sqlite import SqliteStore
from phananh.testing import strategies
from phananh.worktime import Notice, calendar_from_toml, vietnam_calendar
from tests.cli.terminal import run

A = vietnam_calendar("A")
NOON = datetime(2026, 3, 4, 5, tzinfo=UTC)
OPERATOR = Person(id="OP-1", role="operator")


def told(call, *given, kind=InputError, **named):
    """Return what an error says, in English and in Vietnamese."""
    with pytest.raises(kind) as caught:
        call(*given, **named)
    return str(caught.value), caught.value.text("vi")


@pytest.mark.parametrize("lang", ["fr", "VI", None, 5, [], ""])
def test_a_language_nobody_knows_is_refused_everywhere(lang):
    """A page in French gets no English by mistake; the message itself stays safe."""
    errors = [InputError(field="x", code="blank"), StoreError(doing="loading")]
    texts = [Refusal(code="accused", article=None).text, A.explain(NOON, timedelta(1)).text]
    texts += [error.text for error in errors]
    texts += [error.as_dict for error in errors if lang is not None]  # None is English there
    for text in [*texts, Term.days(5).text]:
        with pytest.raises(InputError) as caught:
            text(lang)
        assert caught.value.field == "lang"
        assert caught.value.text("vi").endswith("; dùng vi hoặc en")


def test_plain_data_has_its_message_in_the_language_asked():
    """`as_dict("vi")` is what a page shows; its keys are told by help()."""
    error = InputError(field="phone", code="blank_option")
    assert error.as_dict("vi") == {
        "error": "InputError",
        "message": "số điện thoại: để trống; nếu không có thì bỏ mục này",
        "article": None,
        "field": "phone",
        "problem": "is blank",
        "way_out": "leave it out",
        "code": "blank_option",
    }
    assert error.as_dict()["message"] == "phone: is blank; leave it out"
    assert all(f"`{key}`" in str(inspect.getdoc(PhanAnhError.as_dict)) for key in error.as_dict())


def test_a_field_is_told_in_words_only_where_people_know_it():
    """A field of an act has its label, and an option of a program stays what has to be typed."""
    fields = ("content", "kind", "to.role", "command_id")
    said = [InputError(field=field, code="blank").text("vi") for field in fields]
    assert said == [
        "nội dung phản ánh, kiến nghị: để trống", "loại nội dung: để trống",
        "vai trò của người nhận: để trống", "command_id: để trống",
    ]  # fmt: skip


def test_a_desk_reads_a_case_by_its_id_or_code():
    """What is asked of a case takes its key as well, as `allowed` and `explain` do."""
    desk = Desk(store=MemoryStore(), clock=lambda: NOON)
    case = desk.receive(kind="information", channel="phone", content="x", by=OPERATOR)
    for key in (case.id, case.code):
        assert desk.unmet(key) == desk.unmet(case) != ()
        assert desk.cautions(key) == desk.cautions(case) == ("incomplete", "rules_ended")
        assert desk.as_of(key).id == case.id
    for odd in (None, "OP-1"):
        for call in (desk.may_read, desk.steps):
            assert told(call, case, odd)[0].endswith("Person; give Person(id=..., role=...)")
    assert told(desk.unmet, 5)[1] == (
        "case: số không phải là phản ánh, kiến nghị; "
        "đưa phản ánh, kiến nghị (Case), mã PAKN (`row.case`) hoặc mã tra cứu"
    )


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: Desk(calendar="A"), 'vietnam_calendar("A")'),
        (lambda: Desk().do(None, Close(by=OPERATOR)), "case: no case is given; give a Case"),
        (lambda: Close(by="OP-1"), "of type Person; give Person(id=..., role=...)"),
        (lambda: Desk().inbox("OP-1"), "person: a text is not of type Person"),
        (lambda: Complete(by=OPERATOR, accused="CB-1"), "Accused; give Accused(id=..., unit=...)"),
        (lambda: Complete(by=OPERATOR, sender="An"), "Sender; give Sender(name=..., phone=...)"),
    ],
)
def test_what_is_to_be_given_is_shown_as_it_is_written(call, said):
    """An error for a value of another type shows one that works."""
    assert said in told(call)[0]


@pytest.mark.parametrize("odd", [5, b"1", ["1"], {"after": 1}, True], ids=repr)
def test_where_to_go_on_is_a_text(odd):
    """A page, a feed or a recalculation goes on at a text, or says that it is none."""
    desk = Desk(calendar=A, clock=lambda: NOON)
    for call in (desk.find, desk.feed, desk.recalculate):
        assert told(partial(call, after=odd))[0].startswith("after: ")


def test_hours_are_asked_for_by_the_slug_of_a_role():
    """A mapping without the role says so, and a word that is no role says that."""
    desk = Desk(calendar={"officer": A})
    assert told(desk.calendar, "agency", "x")[0].startswith(
        "calendar: no hours for the agency focal point of 'x'"
    )
    assert told(desk.calendar, "boss", None)[0].startswith(
        "calendar: 'boss' is not a role; give a role of "
    )
    assert desk.calendar("officer", None) is A


def test_a_connection_is_lent_and_not_its_path(tmp_path):
    """A path, no transaction and missing tables: each says what to do first."""
    with SqliteStore(tmp_path / "cases.db") as store:
        said = told(store.bound("app.db").__enter__, kind=InputTypeError)[0]
        assert (
            said == "connection: 'app.db' is not a connection; give the sqlite3.Connection itself"
        )
        connection = sqlite3.connect(":memory:", isolation_level=None)
        said = told(store.bound(connection).__enter__)[0]
        assert said.endswith(
            'connect with isolation_level=None and execute "begin immediate" first'
        )
        connection.execute("begin")
        en, vi = told(store.bound(connection).__enter__, kind=SchemaError)
        assert "there are no tables of phananh yet; make them with `phananh db migrate`" in en
        assert "chưa có các bảng của phananh" in vi
        connection.close()


def test_the_store_in_memory_is_named_without_the_first_colon():
    """SQLite's own name is not ours; the message has both of ours."""
    assert told(open_store, ":memory:")[0].endswith('MemoryStore() or open_store("memory:")')


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"most": 8}, "most"),
        ({"step": timedelta(0)}, "step"),
        ({"step": timedelta(-1)}, "step"),
        ({"least": timedelta(2), "most": timedelta(1)}, "most"),
    ],
)
def test_a_strategy_of_budgets_is_refused_when_it_is_made(given, field):
    """Not later, by an error of arithmetic from inside."""
    assert told(strategies.budgets, **given)[0].startswith(f"{field}: ")


def test_a_strategy_of_instants_takes_the_name_of_a_zone():
    """A name is a zone as everywhere; an unknown one is refused."""
    zoned = strategies.instants(zone="Europe/Berlin")
    assert find(zoned, lambda at: True).tzinfo == ZoneInfo("Europe/Berlin")
    assert told(strategies.instants, zone="Asia/Nowhere")[0].startswith("zone: 'Asia/Nowhere' is")


def test_a_term_is_counted_from_its_own_argument():
    """The field is `start`; and a term given as working time has a method of its own."""
    naive = datetime(2026, 3, 4)
    assert told(Term.days(5).due, naive, on=A)[0].startswith("start: 2026-03-04T00:00:00 has no")
    said = told(A.add, NOON, Term.days(5))
    assert said[0].endswith("; count it on a calendar: term.due(start, on=calendar)")
    assert said[1].endswith("; tính trên lịch: term.due(start, on=calendar)")
    assert 'viết "5 ngày làm việc", "10 ngày"' in told(Term.parse, "5 ngay lam viec lam")[1]


@pytest.mark.parametrize(
    "call",
    [
        lambda: A.day(NOON),
        lambda: A.as_of(NOON),
        lambda: Notice("1/TB", NOON),
        lambda: Limit(budget=timedelta(1), article=HOA_BINH_2019.officer_limit.article, since=NOON),
    ],
)
def test_a_moment_where_a_date_is_wanted_has_one(call):
    """The way out is the date of the moment."""
    assert told(call)[0].endswith("; use its .date()")


def test_a_path_is_not_read():
    """Files are read by whoever has them."""
    en, vi = told(calendar_from_toml, Path("tinh.toml"))
    assert en.endswith('; use .read_text(encoding="utf-8")')
    assert vi.endswith('; dùng .read_text(encoding="utf-8")')


def test_rules_that_end_before_they_begin_are_refused():
    """A day mixed up would make every case one of other rules."""
    limit = HOA_BINH_2019.officer_limit
    en, vi = told(
        Rules,
        name="x",
        officer_limit=limit,
        agency_limit=limit,
        valid_from=date(2025, 1, 2),
        valid_until=date(2025, 1, 1),
    )
    assert en == "valid_until: 2025-01-01 is before 2025-01-02, when the rules begin; " \
        "give a later day, or valid_until=None"  # fmt: skip
    assert vi.startswith("valid_until: 01/01/2025 trước ngày quy định có hiệu lực, 02/01/2025")


@pytest.mark.parametrize(("lang", "said"), [("en", "is a file. Show"), ("vi", "là tệp; xem")])
def test_a_file_of_hours_is_looked_at_by_another_command(lang, said):
    """`phananh hours` lists what comes with the package; the message says what shows a file."""
    found = run("hours", "tinh.toml", "--lang", lang)
    assert found.exit_code == 2
    assert f"tinh.toml {said}" in found.stderr
    assert "phananh calendar 2026 --hours tinh.toml" in found.stderr
