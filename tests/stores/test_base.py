"""What every store shares: values of the contract, cursors, positions and cancelled waits."""

import time
from collections.abc import Callable
from contextvars import copy_context
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given, strategies as st

from phananh import Desk, StoreError
from phananh.errors import CorruptError, InputError, PhanAnhError
from phananh.regulation.request import Kind, Person, Role, State
from phananh.stores import MemoryStore, SqliteStore
from phananh.stores.base import (
    ORDERS,
    ClosableStore,
    Command,
    CommandRecord,
    Lease,
    Query,
    digest_content,
    list_duties,
)
from phananh.stores.conflicts import (
    check_chain,
    check_commands,
    check_one_change,
    damaged_row_error,
    list_commands,
    new_salt,
)
from phananh.stores.index_row import check_row_of, make_use
from phananh.stores.paging import (
    check_claim,
    check_position,
    format_instant,
    position_back_error,
    read_cursor,
    read_position,
    renew_lease,
)
from phananh.stores.waiting import check_seconds, is_cancelled, watch_cancelled
from phananh.testing.sample_events import (
    START,
    answered,
    change,
    completed,
    escalated,
    make_command,
    received,
    request_verification,
)
from tests.desk import people as p


@pytest.mark.parametrize(
    "changed",
    [
        {"expected": 1},
        {"expected": -1},
        {"events": ()},
        {"events": (completed("HB-1", 2), received("HB-1"))},
        {"events": (received("HB-2"), completed("HB-2", 2))},
        {"case": "HB-2"},
        {"row": change(received("HB-1")).row},
        {"row": change(received("HB-2"), completed("HB-2", 2)).row},
        *({"commands": (make_command("c", version),)} for version in (0, 3)),
    ],
)
def test_change_that_does_not_continue_is_refused(changed: dict[str, object]) -> None:
    """Events, row and expected version of a change have to fit; else it is an InputError."""
    whole = change(received("HB-1"), completed("HB-1", 2))
    with pytest.raises(InputError, match="do not continue"):
        attrs.evolve(whole, **changed)


@pytest.mark.parametrize("limit", [0, -1, True, 2.5, 2**31, 10**30])
def test_page_without_rows_is_refused(limit: int) -> None:
    """A page holds one row or more, and no more than a database can count to."""
    with pytest.raises(InputError, match="1 or more"):
        Query(limit=limit)
    assert Query().limit == 100


FIRST, SECOND = received("HB-1"), completed("HB-1", 2)
WHOLE, NEXT = change(FIRST, SECOND), change(SECOND, after=(FIRST,))
NOBODY = Person(id="cd-1", role="citizen")
ONE = Command(id="a", version=1, content=b"x", is_personal=False)
ANOTHER, THIRD = attrs.evolve(ONE, id="b"), attrs.evolve(ONE, id="c")
KNOWN = CommandRecord.of(ONE, "HB-1", b"")
LEASE = Lease(consumer="mail", number=1, position=None, until=START)
NAMED = [change(each, command="c") for each in (FIRST, received("HB-2"))]
TAKEN = [change(FIRST), change(received("HB-2", code_digest=FIRST.code_digest))]
REFUSED: list[tuple[Callable[[], object], str, dict[str, object]]] = [
    (lambda: Query(limit=0), "limit not_a_number_of_rows", {"value": "0"}),
    (lambda: Query(states="received"), "states not_a_list", {"value": "'received'"}),
    (lambda: Query(states=["x"]), "states unknown_value", {"value": "'x'", "known": (*State,)}),
    (lambda: Query(order="x"), "order unknown_value", {"value": "'x'", "known": ORDERS}),
    (lambda: Query(holder="x"), "holder unknown_value", {"value": "'x'", "known": (*Role,)}),
    (lambda: Query(kind="x"), "kind unknown_value", {"value": "'x'", "known": (*Kind,)}),
    (lambda: Query(holder_id=" "), "holder_id blank_id", {}),
    (lambda: Query(unit=5), "unit not_an_id", {"value": "int"}),
    (lambda: Query(officer_id=" "), "officer_id blank_id", {}),
    (lambda: Query(for_="cd-1"), "for_ not_of_type",
     {"value": "str", "kind": "Person", "form": "Person(id=..., role=...)"}),
    (lambda: Query(for_=NOBODY), "for_ no_duties", {"value": str(NOBODY)}),
    (lambda: Query(is_open=1), "is_open not_of_type",
     {"value": "int", "kind": "bool", "form": "bool"}),
    (lambda: Query(received_before=5), "received_before not_a_datetime", {"value": "int"}),
    (lambda: Query(rules=5), "rules not_of_type", {"value": "int", "kind": "str", "form": "str"}),
    (lambda: Query(rules="rule\ud800\udfff"), "rules half_surrogate", {"position": 5}),
    (lambda: Query(rules="rule\udfff"), "rules half_surrogate", {"position": 5}),
    (lambda: Query(code="\ud800"), "code half_surrogate", {"position": 1}),
    (lambda: Query(after="oldest|\ud800"), "after half_surrogate", {"position": 8}),
    (lambda: Query(code="\0"), "code nul_character", {}),
    (lambda: Query(rules="a\0"), "rules nul_character", {}),
    (lambda: Query(after="oldest|\0"), "after nul_character", {}),
    (lambda: attrs.evolve(WHOLE, expected=1), "change change_does_not_continue",
     {"case": "HB-1", "versions": [1, 2], "row": 2, "expected": 1}),
    (lambda: attrs.evolve(WHOLE, expected=2, events=(), commands=()),
     "change change_does_not_continue",
     {"case": "HB-1", "versions": [], "row": 2, "expected": 2}),
    (lambda: check_commands([attrs.evolve(ONE, content=b"z")], lambda _: KNOWN),
     "command_id command_of_another_act", {"value": "'a'"}),
    (lambda: check_commands([ANOTHER, ONE, THIRD], lambda each: None if each is ANOTHER
                            else CommandRecord.of(each, "HB-1", b"")),
     "command_id some_commands_known", {"value": "'a'"}),
    (lambda: check_one_change([WHOLE, WHOLE]), "changes one_change_at_a_time", {"count": 2}),
    (lambda: check_claim(" ", START, START), "consumer blank_name", {}),
    (lambda: check_claim("x" * 101, START, START), "consumer too_long",
     {"count": 101, "most": 100}),
    (lambda: check_claim("x", START, START), "until lease_ends_early", {"now": START.isoformat()}),
    (lambda: check_claim("x", 5, START), "now not_a_datetime", {"value": "int"}),
    (lambda: check_claim("x", START, 5), "until not_a_datetime", {"value": "int"}),
    (lambda: renew_lease(LEASE, "1", 5), "until not_a_datetime", {"value": "int"}),
    (lambda: check_position("1", 0), "after position_ahead", {"value": "1", "last": "0"}),
    (lambda: check_position("x", 0), "after position_unknown", {"value": "'x'"}),
    (lambda: read_cursor(Query(after="x")), "after cursor_unknown", {"value": "'x'"}),
    (lambda: check_seconds("5", field="timeout"), "timeout not_seconds", {"value": "'5'"}),
]  # fmt: skip


def test_each_refusal_has_its_field_its_code_and_its_facts() -> None:
    """What a program and a message need of a value that a store does not take."""
    for ask, told, facts in REFUSED:
        with pytest.raises(InputError) as caught:
            ask()
        assert (f"{caught.value.field} {caught.value.code}", caught.value.facts) == (told, facts)
    back = position_back_error("1", "2")
    assert (back.field, back.facts) == ("position", {"value": "'1'", "reached": "2"})
    others: list[tuple[Callable[[], object], str]] = [
        (lambda: check_commands([ONE], lambda _: KNOWN), "command_id='a', case='HB-1', version=1"),
        (lambda: list_commands(NAMED), "command_id='c', case='HB-1', version=1"),
        (lambda: check_chain([change(FIRST), NEXT, NEXT]), "case='HB-1', expected=1, actual=2"),
        (lambda: MemoryStore().commit([NEXT]), "case='HB-1', expected=1, actual=0"),
        (lambda: MemoryStore().commit(TAKEN), "code='code_taken', facts={'doing': "
         "'recording_cases', 'case': 'HB-1', 'version': 1, 'more': 1}, where=''"),
    ]  # fmt: skip
    for ask, shown in others:
        with pytest.raises(PhanAnhError) as raised:
            ask()
        assert repr(raised.value).endswith(f"(article=None, {shown})")
    with pytest.raises(NotImplementedError):
        ClosableStore().close()
    with pytest.raises(CorruptError) as unfolded:
        check_row_of((SECOND, attrs.evolve(SECOND, n=3)), WHOLE.row)
    assert repr(unfolded.value).endswith(
        "code='history_not_folded', facts={'doing': 'examining', 'cause': 'TypeError'}, "
        "where='', case='HB-1', version=3)"
    )
    assert repr(damaged_row_error("HB-1")) == (
        "CorruptError(article=None, code='row_checksum_differs', facts={'doing': 'finding'}, "
        "where='', case='HB-1', version=0)"
    )


def test_what_is_for_a_person_to_see_to() -> None:
    """What lies with them, their role or their unit, and what they wait for at an agency."""
    told = {
        role.value: [" ".join(f"{name}={value}" for name, value in each.items()) for each in duties]
        for role in Role
        if (duties := list_duties(Person(id="x", role=role, unit="U")))
    }
    assert told == {
        "operator": ["holder=operator is_open=True"],
        "officer": ["holder=officer holder_id=x is_open=True", "officer_id=x is_open=True"],
        "provider": ["holder=provider holder_id=x is_open=True", "officer_id=x is_open=True"],
        "leadership": [
            "late=True is_open=True",
            "late=False holder=leadership is_open=True",
            "late=False holder_accused=True is_open=True",
        ],
        "agency": ["holder=agency unit=U is_open=True"],
        "agency_head": ["unit=U is_open=True", "officer_unit=U is_open=True"],
    }


def test_the_most_and_the_least_that_a_store_takes() -> None:
    """One row and all that 31 bits count, any seconds up to 24 days, a name of 100 letters."""
    assert [Query(limit=limit).limit for limit in (1, 2**31 - 1)] == [1, 2**31 - 1]
    assert [check_seconds(each, field="x") for each in (2_147_483, 2_147_484)] == [2_147_483] * 2
    ends = START + timedelta.resolution
    assert check_claim("x" * 100, START, ends) == ("x" * 100, START, ends)
    check_commands([ANOTHER], lambda _: None)
    check_chain([change(FIRST), NEXT])
    check_one_change([WHOLE])


def test_a_record_of_a_command_knows_its_act() -> None:
    """The digest is of the content, keyed where it is personal, with the outline behind a dot."""
    personal = attrs.evolve(ONE, is_personal=True, outline=b"o")
    bare, salt = attrs.evolve(personal, outline=b""), b"sixteen bytes ok"
    keyed, plain = digest_content(b"x", salt), digest_content(b"x", None)
    outline = digest_content(b"o", None)
    made = [CommandRecord.of(each, "HB-1", salt) for each in (ONE, personal, bare)]
    made.append(CommandRecord.of(attrs.evolve(ONE, outline=b"o"), "HB-1", salt))
    digests = [plain, f"{keyed}.{outline}", keyed, plain]
    assert [(each.digest, each.salt) for each in made] == [
        *zip(digests, (None, salt, salt, None), strict=True)
    ]
    assert {(each.command, each.case, each.version, each.is_erased) for each in made} == {
        ("a", "HB-1", 1, False)
    }
    other, elsewhere = attrs.evolve(personal, content=b"z"), attrs.evolve(personal, outline=b"p")
    asked = (ONE, personal, bare, other, elsewhere)
    whole = [[each.is_same(command) for command in asked] for each in made]
    assert whole == [[True, True, True, False, True]] * 4
    gone = [attrs.evolve(each, salt=None, is_erased=True) for each in made]
    outlined = [False, True, False, True, False]
    assert [[each.is_same(command) for command in asked] for each in gone] == [
        [True] * 5, outlined, [True] * 5, [True] * 5,
    ]  # fmt: skip
    shown, code = repr((personal, made[1], WHOLE.row)), WHOLE.row.code
    assert not [
        each for each in ("b'x'", "b'o'", keyed, str(salt), code, "figures") if each in shown
    ]
    assert [len(each) for each in (plain, keyed, new_salt())] == [32, 32, 16]


ZONES = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
BERLIN = st.just(ZoneInfo("Europe/Berlin"))
INSTANTS = st.datetimes(
    datetime(1950, 1, 1), datetime(2190, 1, 1), timezones=ZONES | BERLIN
)  # the zone is drawn


@given(one=INSTANTS, other=INSTANTS)
def test_text_sorts_as_time_does(one: datetime, other: datetime) -> None:
    """The text is that of isoformat in UTC, and two texts compare as their instants do."""
    texts = [format_instant(at) for at in (one, other)]
    moments = [at.astimezone(UTC) for at in (one, other)]
    assert texts == [f"{at.replace(tzinfo=None).isoformat('T', 'microseconds')}Z" for at in moments]
    assert (texts[0] < texts[1]) == (moments[0] < moments[1])


def test_positions_and_cursors_are_those_that_a_store_wrote() -> None:
    """A position is a number in plain digits, short enough for an engine; a cursor is a key."""
    assert (read_position(None), read_position("0"), read_position("9" * 18)) == (0, 0, 10**18 - 1)
    for position in ("\u0663", "\u00b2", "-1", " 1", "", "1" * 19, 1, b"1"):
        with pytest.raises(InputError) as caught:
            read_position(position)
        assert (caught.value.field, caught.value.code) == ("after", "position_unknown")
    at = "2019-11-04T01:00:00.000000Z"
    assert read_cursor(Query(after=f"oldest|{at}|x|y")) == ("oldest", at, "x|y")
    assert read_cursor(Query(order="due", after=f"none|{at}|")) == ("none", at, "")
    for cursor in (f"newest|{at}|x", f"due|{at}|x", f"oldest|{at}", "oldest|2019-11-04|x", "x", ""):
        with pytest.raises(InputError) as caught:
            read_cursor(Query(after=cursor))
        assert (caught.value.field, caught.value.code) == ("after", "cursor_unknown")


def test_a_row_says_who_waits_and_who_answered() -> None:
    """At an agency the officer who asked is named, and then whoever answered."""
    asked = change(FIRST, escalated("HB-1", 2), request_verification("HB-1", 3)).row
    done = change(FIRST, answered("HB-1", 2)).row
    told = [
        (each.holder, each.officer_id, each.officer_unit, each.answered_by, each.answered_unit)
        for each in (asked, done, WHOLE.row)
    ]
    assert told == [
        ("agency", "Đặng-Hà", "VP-UBND", None, None),
        (None, None, None, "operator", "Trung tâm"),
        ("operator", None, None, None, None),
    ]


def test_use_of_a_calendar_is_spelt_as_its_first_case_is() -> None:
    """Units of one key may be spelt in several ways."""
    rows = [attrs.evolve(change(received("HB-1")).row, unit=unit) for unit in ("Sở A", "SỞ A")]
    assert make_use(tuple(rows), 2).unit == "Sở A"


def test_an_hour_that_comes_twice_has_two_texts() -> None:
    """Datetimes that Python calls equal, but that are an hour apart, have different texts."""
    first = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    texts = [format_instant(at) for at in (first, first.replace(fold=1), first)]
    assert texts == [
        "2026-10-25T00:30:00.000000Z",
        "2026-10-25T01:30:00.000000Z",
        "2026-10-25T00:30:00.000000Z",
    ]


def test_a_call_is_not_cancelled_unless_its_context_says_so() -> None:
    """What is asked in one context is not asked in another."""
    context = copy_context()
    context.run(watch_cancelled, lambda: True)
    assert context.run(is_cancelled)
    assert not is_cancelled()


def test_a_cancelled_call_does_not_wait_for_the_lock_file(tmp_path: Path) -> None:
    """It ends at once, and nothing is recorded; a lock that is free is taken as ever."""
    path = tmp_path / "cases.db"
    with SqliteStore(path) as other, SqliteStore(path, timeout=30) as store:
        context, desk = copy_context(), Desk(store=store)
        context.run(watch_cancelled, lambda: True)
        start = time.monotonic()
        with other._lock, pytest.raises(StoreError):
            context.run(p.a_case, desk)
        assert time.monotonic() - start < 10
        assert (desk.count(), context.run(p.a_case, desk).version) == (0, 1)
