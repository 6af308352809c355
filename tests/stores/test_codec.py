"""Events as JSON text and back: what is personal apart, erased, damaged, and written long ago."""

import json
import pickle
import re
import types
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from phananh.errors import CorruptError, InputTypeError
from phananh.regulation.acts import (
    Act,
    Answer,
    Complete,
    Note,
    Rate,
    Reassign,
    Receive,
    ReportFindings,
    RequestVerification,
)
from phananh.regulation.events import EVENTS, Event
from phananh.regulation.request import Accused, Assignee, Erased, ErasedPerson, Person, Role, Sender
from phananh.stores.codec import (
    FORMAT,
    canonical_bytes,
    decode,
    encode,
    erase_event,
    is_personal_act,
    make_mark,
    make_reader,
    make_writer,
    write_act,
    write_outline,
)
from phananh.testing.sample_events import (
    OPERATOR,
    SECRETS,
    START,
    answered,
    deadline,
    every_event,
    received,
)
from phananh.testing.strategies import terms
from phananh.worktime import Span
from phananh.worktime.instants import VIETNAM
from phananh.worktime.terms import Term

SALT = b"sixteen bytes ok"
CITIZEN = Person(id="kh-0912", role=Role.CITIZEN, unit="UBND xã")
BY = Person(id="op", role=Role.OPERATOR, unit="TT")
IDS = st.from_regex(r"[A-Za-zĐđ][a-z0-9-]{0,8}[a-z0-9]", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n"), max_size=20)
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
INSTANTS = st.datetimes(
    datetime(1950, 1, 1), datetime(2190, 1, 1), timezones=ZONES
)  # the zone is drawn
LEAVES: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(),
    bool: st.booleans(),
    datetime: INSTANTS,
    date: st.dates(),
    timedelta: st.timedeltas(),
    # A list of which two characters are left was empty, and is read as such.
    Erased: st.builds(Erased, length=st.integers(3, 99), digest=st.just("ab")),
    Person: st.builds(Person, id=IDS, role=st.sampled_from(Role), unit=st.none() | IDS),
    ErasedPerson: st.builds(
        ErasedPerson,
        id=st.builds(Erased, length=st.integers(0, 99), digest=st.just("ab")),
        role=st.just(Role.CITIZEN),
        unit=st.none() | IDS,
    ),
    Accused: st.builds(Accused, id=st.none() | IDS, unit=IDS),
    Sender: st.builds(Sender, **dict.fromkeys(("name", "address", "phone"), st.none() | LINES)),
    Span: st.tuples(INSTANTS, INSTANTS).map(lambda two: Span(min(two), max(two))),
    Term: terms(),
    type(None): st.none(),
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Return what may stand in a field of this type."""
    if hint in LEAVES:
        return LEAVES[hint]
    if get_origin(hint) in (Union, types.UnionType):
        return st.one_of([values(kind) for kind in get_args(hint)])
    if get_origin(hint) is tuple:
        return st.lists(values(get_args(hint)[0]), max_size=3).map(tuple)
    if issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    hints = get_type_hints(hint)
    return st.builds(hint, **{f.name: values(hints[f.name]) for f in attrs.fields(hint)})


@pytest.mark.parametrize("kind", EVENTS.values(), ids=EVENTS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_event_comes_back_equal(kind: type[Event], data: st.DataObject) -> None:
    """Whatever an event holds, it comes back equal, with the offsets of its instants, or erased."""
    event = data.draw(values(kind))
    body, personal = encode(event, SALT)
    back = decode(kind.__name__, body, personal, SALT, case=event.case, version=event.n)
    assert (back, back.at.utcoffset()) == (event, event.at.utcoffset())
    assert type(back) is kind
    assert (encode(back, SALT), pickle.loads(pickle.dumps(back))) == ((body, personal), event)
    check_erased(event)


def check_erased(event: Event) -> None:
    """Without its personal text an event has Erased there, the rest as it was; for ever."""
    gone = erase_event(event, SALT)
    for field in attrs.fields(type(event)):
        old, new = getattr(event, field.name), getattr(gone, field.name)
        if field.metadata.get("personal") and old is not None:
            assert isinstance(new, Erased) or (new == () and old == ())
        elif field.name == "by" and event.by.role is Role.CITIZEN:
            assert isinstance(new, ErasedPerson)
            assert (new.role, new.unit) == (old.role, old.unit)
        else:
            assert new == old
    assert erase_event(gone, b"another salt....") == gone
    assert set(json.loads(encode(gone, SALT)[1] or "{}").values()) <= {None}


OPEN = {
    *("case", "rules", "article", "language", "about_unit", "code_digest", "procedure", "reasons"),
    *("agency", "focal", "old_calendar", "old_version", "cause", "notices", "documents", "unit"),
    "ground",
}


def test_every_text_field_is_personal_or_an_id() -> None:
    """What can name people is marked: every free text of every event is split off."""
    for event in every_event():
        body, _ = encode(event, SALT)
        for secret in (*SECRETS, "Tổ 3", "Trả lời", "chờ", "Đúng", "Đã", "CV-12", "Khen", "Gửi"):
            assert secret not in body, f"{type(event).__name__}: {secret} is in the body"
    fields = {field for kind in EVENTS.values() for field in attrs.fields(kind)}
    texts = {f.name for f in fields if "str" in str(f.type) and not f.metadata.get("personal")}
    assert texts == OPEN, "a text that is no personal field is stored in the open, and not erased"


def test_the_id_of_a_citizen_is_read_from_bodies_of_before() -> None:
    """A body that holds the id of a citizen in the open reads as it was written."""
    by = {"id": "kh-0912", "role": "citizen", "unit": "UBND xã"}
    assert decode("Received", make_broken_body(by=by), None, case="HB-1", version=1).by == CITIZEN


def test_digest_depends_on_salt_and_keeps_the_length() -> None:
    """Two salts give two digests of a text; its length is kept."""
    marks = [json.loads(encode(received("HB-1"), salt)[0])["content"] for salt in (SALT, b"x" * 16)]
    assert {mark["length"] for mark in marks} == {len(SECRETS[3])}
    assert marks[0]["digest"] != marks[1]["digest"]


def make_broken_body(**changed: Any) -> str:
    """Return the body of an event with some keys changed."""
    return json.dumps({**json.loads(encode(received("HB-1"), SALT)[0]), **changed})


OBJECT, OLDER = "no JSON object, or more than one", "this version reads 1; upgrade phananh"
WRONG, UNREAD = "a value of the wrong type:", "it cannot be read ("
NEVER_WRITTEN = [
    ("", UNREAD),
    ("null", OBJECT),
    ("[1]", OBJECT),
    (make_broken_body() + "{}", OBJECT),
    ("{}", f"format None, {OLDER}"),
    ("[" * 100_000, UNREAD),
    (make_broken_body(v=FORMAT + 1), f"format 2, {OLDER}"),
    (make_broken_body(v="1"), f"format '1', {OLDER}"),
    (make_broken_body(v=True), f"format True, {OLDER}"),
    (make_broken_body(unknown=1), "unknown keys: 'unknown', missing keys: none"),
    (
        json.dumps({"v": FORMAT, "at": 5})[:-1] + ', "b": 1}',
        "unknown keys: 'b', missing keys: 'about_unit', ",
    ),
    (make_broken_body(at="2019-11-04T08:00:00"), "an instant without offset"),
    (make_broken_body(at=5), UNREAD),
    (make_broken_body(at=None), UNREAD),
    (make_broken_body(language=1), f"{WRONG} int"),
    (make_broken_body(kind="gossip"), f"{UNREAD}KeyError('gossip')"),
    (make_broken_body(kind=[]), UNREAD),
    (make_broken_body(accused={}), f"{WRONG} dict"),
    (make_broken_body(accused=[{"id": None}]), "keys of Accused differ: 'unit'"),
    (make_broken_body(by={"id": "x", "role": "operator"}), "keys of Person differ: 'unit'"),
    (make_broken_body(by=None), f"{WRONG} NoneType"),
    (
        make_broken_body(by={"id": {"length": 1}, "role": "citizen", "unit": None}),
        "keys of Erased differ: 'digest'",
    ),
    (make_broken_body(by={"id": None, "role": "citizen", "unit": None}), f"{WRONG} NoneType"),
    (make_broken_body(content="plain"), f"{WRONG} str"),
    (make_broken_body(content={"length": "x", "digest": "y"}), f"{WRONG} str"),
]


@pytest.mark.parametrize(("body", "told"), NEVER_WRITTEN)
def test_what_was_never_written_is_corrupt(body: str, told: str) -> None:
    """Any other body is a CorruptError that names the case and the version, and what is wrong."""
    with pytest.raises(CorruptError) as caught:
        decode("Received", body, None, case="HB-1", version=7)
    assert (caught.value.case, caught.value.version) == ("HB-1", 7)
    assert f"while reading a stored event: case HB-1, version 7: {told}" in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "late"),
    [("Escalated", "deadline"), ("Answered", "documents"), ("FindingsReported", "documents")],
)
def test_field_that_came_later_reads_as_its_default(kind: str, late: str) -> None:
    """An event that was written before a field with a default came reads with the default."""
    event = next(e for e in every_event() if type(e).__name__ == kind)
    data = json.loads(encode(event, SALT)[0])
    del data[late]
    found = decode(kind, json.dumps(data), None, case=event.case, version=event.n)
    assert getattr(found, late) == getattr(attrs.fields(EVENTS[kind]), late).default


@pytest.mark.parametrize("name", ["Event", "received", "", "Teleported"])
def test_unknown_event_type_is_corrupt(name: str) -> None:
    """An event type that this version does not know is corrupt, and is not skipped."""
    with pytest.raises(CorruptError, match="unknown event type"):
        decode(name, make_broken_body(), None, case="HB-1", version=1)


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_no_text_crashes_the_reader(body: str) -> None:
    """Whatever stands in the file, reading it gives an event or a CorruptError."""
    with pytest.raises(CorruptError):
        decode("Closed", body, body, case="HB-1", version=1)


def test_only_events_are_written() -> None:
    """A class that is no known event is refused when it is written, not when it is read."""

    class Received(type(received("HB-1"))):  # type: ignore[misc]  # a dynamic base
        pass

    other = Received(**{f.name: getattr(received("HB-1"), f.name) for f in attrs.fields(Received)})
    with pytest.raises(InputTypeError, match=r"^event: .* not an event"):
        encode(other, SALT)


def test_field_without_plain_form_is_found_at_once() -> None:
    """A class with a field that a history cannot hold is refused when it is compiled."""

    @attrs.frozen
    class Odd:
        ratio: float

    for compiled in (make_writer, make_reader):
        with pytest.raises(TypeError, match=r"^no plain form"):
            compiled(Odd)


def test_instants_within_a_value_are_of_one_zone_too() -> None:
    """What a value holds is turned to UTC with it, so that equal instants are equal texts."""
    texts = [make_writer(type(deadline()), utc=utc)(deadline()) for utc in (True, False)]
    assert [(each.count("+07:00"), each.count("+00:00")) for each in texts] == [(0, 7), (7, 0)]


def test_canonical_is_sorted_and_dense() -> None:
    """Canonical bytes do not depend on the order of keys, and keep letters as they are."""
    assert canonical_bytes({"b": [1, None], "a": "ộ"}) == '{"a":"ộ","b":[1,null]}'.encode()


def test_same_act_has_one_content() -> None:
    """The digest of an act depends on its content and case, not on the offset of an instant."""
    at = datetime(2019, 11, 4, 1, 0, tzinfo=UTC)
    act = RequestVerification(by=OPERATOR, agency="Sở Y tế", appointment=at)
    moved = attrs.evolve(act, appointment=at.astimezone(timezone(timedelta(hours=7))))
    one = write_act(act, "HB-1", with_time=False)
    assert one == write_act(moved, "HB-1", with_time=False)
    others = [
        write_act(act, "HB-2", with_time=False),
        write_act(act, None, with_time=False),
        write_act(attrs.evolve(act, focal="x"), "HB-1", with_time=False),
        write_act(attrs.evolve(act, by=attrs.evolve(OPERATOR, id="y")), "HB-1", with_time=False),
    ]
    assert len({one, *others}) == 5


WRITTEN: list[tuple[Act, bool, str, str]] = [
    (
        Reassign(by=BY, to=Assignee(id="b")),
        False,
        '["reassign","HB-1"]{"by":{"id":"op","role":"operator","unit":"TT"},"at":null,'
        '"to":{"id":"b","unit":null}}',
        '["reassign","HB-1","","operator",["op","TT"],[]]{"at":null,"to":{"id":"b","unit":null}}',
    ),
    (
        Complete(by=BY, sender=Sender(name="Lò")),
        True,
        '["complete","HB-1"]{"by":{"id":"op","role":"operator","unit":"TT"},"at":null,'
        '"content":null,"sender":{"name":"Lò","address":null,"phone":null,"email":null},'
        '"kind":null,"accused":null,"about_unit":null,"language":null}',
        '["complete","HB-1","","operator",["op","TT"],[false,true]]{"at":null,"kind":null,'
        '"accused":null,"about_unit":null,"language":null}',
    ),
    (
        Note(by=CITIZEN, text="một", at=START),
        True,
        '["note","HB-1"]{"by":{"id":"kh-0912","role":"citizen","unit":"UBND xã"},'
        '"at":"2019-11-04T01:00:00.123456+00:00","text":"một"}',
        '["note","HB-1","","citizen",null,[3]]{"at":"2019-11-04T01:00:00.123456+00:00"}',
    ),
    *(
        (
            ReportFindings(by=BY, text="một", documents=documents),
            True,
            '["report_findings","HB-1"]{"by":{"id":"op","role":"operator","unit":"TT"},"at":null,'
            f'"text":"một"{listed}}}',
            f'["report_findings","HB-1","","operator",["op","TT"],[3{said}]]{{"at":null}}',
        )
        for documents, listed, said in (((), "", ""), (["a"], ',"documents":["a"]', ",true"))
    ),
    (
        Answer(by=BY, text="một"),
        True,
        '["answer","HB-1"]{"by":{"id":"op","role":"operator","unit":"TT"},"at":null,"text":"một",'
        '"documents":[]}',
        '["answer","HB-1","","operator",["op","TT"],[3,true]]{"at":null}',
    ),
    (
        Rate(by=CITIZEN, score=5),
        True,
        '["rate","HB-1"]{"by":{"id":"kh-0912","role":"citizen","unit":"UBND xã"},"at":null,'
        '"score":5}',
        '["rate","HB-1","","citizen",null,[]]{"at":null,"score":5}',
    ),
]


def test_the_content_of_an_act_is_written_as_it_ever_was() -> None:
    """Digests that were stored are of these bytes; the outline of an act names nobody."""
    for act, is_personal, content, outline in WRITTEN:
        assert is_personal_act(act) is is_personal
        for with_time in (True, False):
            told = [re.sub('"at":[^,}]*,?', "", text) for text in (content, outline)]
            wanted = [content, outline] if with_time else told
            found = [each(act, "HB-1", with_time=with_time) for each in (write_act, write_outline)]
            assert [each.decode() for each in found] == wanted
    sent = Receive(by=OPERATOR, kind="proposal", channel="phone", content="x", sender=Sender())
    for act in (sent, Complete(by=OPERATOR, sender=Sender(name="x"))):  # without what came later
        said = write_act(act, None, with_time=False).decode()
        assert '"email":null}' in said
        assert "procedure" not in said
    findings = ReportFindings(by=OPERATOR, text="x")
    assert b"documents" not in write_act(findings, None, with_time=False)
    named = write_outline(WRITTEN[0][0], None, with_time=False, name="HB-2")
    assert named.startswith(b'["reassign",null,"HB-2","operator"')


def test_a_text_that_came_later_and_is_not_given_changes_no_command():
    """An act that was sent before its class got the field is known after an update."""
    later = attrs.field(default=None, type=str | None, repr=False, metadata={"later": "left_out"})
    longer = attrs.make_class("Longer", {"phone": later}, bases=(Note,), frozen=True, kw_only=True)
    for write in (write_act, write_outline):
        before, after = (
            write(kind(by=OPERATOR, text="x"), None, with_time=False) for kind in (Note, longer)
        )
        assert before == after


def test_time_counts_only_where_it_was_given() -> None:
    """With time, two moments are two acts; without, a retry a second later is the same act."""
    early, late = (
        Reassign(by=OPERATOR, to=Assignee(id="b"), at=START + timedelta(seconds=s)) for s in (0, 1)
    )
    assert write_act(early, "HB-1", with_time=False) == write_act(late, "HB-1", with_time=False)
    assert write_act(early, "HB-1", with_time=True) != write_act(late, "HB-1", with_time=True)


def test_two_instants_of_one_wall_time_have_a_text_each() -> None:
    """An hour that comes twice is written with the offset of each time, whichever came first."""
    first = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    again = first.replace(fold=1)
    assert first == again  # so no table keyed by datetimes may stand for their texts
    for at, offset in [(first, "+02:00"), (again, "+01:00"), (first, "+02:00")]:
        event = attrs.evolve(received("HB-1"), at=at)
        assert json.loads(encode(event, SALT)[0])["at"] == f"2026-10-25T02:30:00{offset}"
    seventh = timezone(timedelta(hours=7))  # which Vietnam has for good since June 1975
    for at in (datetime(1975, 1, 2, tzinfo=seventh), datetime(1976, 1, 2, tzinfo=seventh)):
        body, personal = encode(attrs.evolve(received("HB-1"), at=at), SALT)
        found = decode("Received", body, personal, SALT, case="HB-1", version=1).at
        assert (found, found.tzinfo is VIETNAM) == (at, at.year > 1975)


def test_erasing_documents_that_there_were_none_of() -> None:
    """An answer without documents is still without them when its text was erased."""
    bare = answered("HB-1", 2, documents=())
    body = encode(bare, SALT)[0].replace('s":null', f's":{make_mark("[]", SALT)}')  # as before
    found = decode("Answered", body, None, case="HB-1", version=2)
    assert (bare.documents, erase_event(bare, SALT).documents, found.documents) == ((), (), ())
    assert isinstance(erase_event(attrs.evolve(bare, documents=("",)), SALT).documents, Erased)


def test_other_personal_values_are_seen() -> None:
    """A personal value that was changed, or is another event's, or is lost, is a CorruptError."""
    body, personal = encode(received("HB-1", by=CITIZEN), SALT)
    assert personal is not None
    other = encode(received("HB-2"), SALT)[1]
    changed = personal.replace("0912", "0913"), personal.replace("kh-0", "kh-1")
    parts = personal + " ", personal[:-1], f"[{personal[1:]}"
    for text, salt, why in (
        *((text, SALT, ".") for text in (*changed, *parts, other, "[]", "{", "")),
        (personal, b"another salt....", "the personal data differs from what was written"),
        ("{}", SALT, "the personal data is missing"),
        (personal.partition(',"code"')[0] + "}", SALT, "the personal data is missing"),
    ):
        with pytest.raises(CorruptError, match=why):
            decode("Received", body, text, salt, case="HB-1", version=1)


def test_what_was_erased_before_it_was_written_is_not_lost() -> None:
    """An event of an erased history, written into another store, reads as it did."""
    gone = erase_event(received("HB-1", by=CITIZEN), SALT)
    body, personal = encode(gone, SALT)
    assert decode("Received", body, personal, SALT, case="HB-1", version=1) == gone


def test_the_id_of_a_citizen_is_personal() -> None:
    """Who sent or rated is not in the body, and can be erased; an officer stays named."""
    event = received("HB-1", by=CITIZEN)
    body, personal = encode(event, SALT)
    assert CITIZEN.id not in body
    assert json.loads(personal or "{}")["by"] == CITIZEN.id
    assert decode("Received", body, personal, SALT, case="HB-1", version=1) == event
    gone = decode("Received", body, None, case="HB-1", version=1)
    assert isinstance(gone.by, ErasedPerson)
    assert (gone.by.id.length, gone.by.role, gone.by.unit) == (7, Role.CITIZEN, "UBND xã")
    assert OPERATOR.id in encode(received("HB-1"), SALT)[0]


def test_no_error_holds_what_is_personal() -> None:
    """An error, and whatever hangs on it, holds no personal text, however it was damaged."""
    body, personal = encode(received("HB-1", by=CITIZEN), SALT)
    assert personal is not None
    for text in (personal.replace('":"', '":', 1), personal.replace('"}', "}"), personal + "}"):
        with pytest.raises(CorruptError) as caught:
            decode("Received", body, text, SALT, case="HB-1", version=1)
        error: BaseException | None = caught.value
        while error is not None:
            assert b"0912" not in pickle.dumps(error)
            error = error.__cause__ or error.__context__
