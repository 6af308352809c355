"""Persons, senders and requests are drawn as their docstrings say."""

from datetime import datetime

from hypothesis import given, settings

from phananh import Accused, Desk, Kind, Role
from phananh.regulation.request import Channel
from phananh.testing.strategies import actors, requests, senders
from phananh.testing.strategies.people import HOSTILE
from tests.testing.strategies.drawn import DRAWING, draw_many

AT = datetime.fromisoformat("2025-04-21T09:00:00+07:00")


def test_persons_of_every_role_but_the_system_are_drawn():
    """Eight of the nine roles act; the system is asked by nobody."""
    roles = {person.role for person in draw_many(actors())}
    assert roles == {*Role} - {Role.SYSTEM}


def test_a_person_may_be_asked_of_a_role_a_unit_or_among_the_accused():
    """Each option holds, a unit that nobody is of included, and ids are spelt in several ways."""
    assert {each.role for each in draw_many(actors(role="agency"))} == {Role.AGENCY}
    assert {each.unit for each in draw_many(actors(role="officer", unit="MC-7"))} == {"MC-7"}
    accused = [Accused(id="CB-1", unit="MC-1"), Accused(unit="MC-1")]
    assert {each.id for each in draw_many(actors(accused=accused))} == {"CB-1", "cb-1"}


def test_any_part_of_a_sender_may_be_missing():
    """Each part is given in some senders and missing in others."""
    drawn = draw_many(senders())
    for part in ("name", "address", "phone", "email", "id"):
        assert {getattr(each, part) is None for each in drawn} == {True, False}


def test_requests_of_every_kind_and_channel_are_drawn():
    """All seven kinds by all four channels, with and without accused, by citizens too."""
    drawn = draw_many(requests(), examples=600)
    assert {(each.kind, each.channel) for each in drawn} == {(k, c) for k in Kind for c in Channel}
    assert {len(each.accused) for each in drawn} == {0, 1, 2}
    assert {each.by.role for each in drawn} == {Role.OPERATOR, Role.CITIZEN}
    assert {each.language for each in drawn} == {"vi", "en", "zh-hant"}
    assert "" in {each.content for each in drawn}


@given(request=requests(hostile=True))
@settings(DRAWING, max_examples=150)
def test_every_request_is_received(request):
    """No request that is drawn is turned away, whatever its texts are (Art. 3.1)."""
    assert Desk().do(None, request, at=AT).kind is request.kind


def test_hostile_requests_hold_what_careless_programs_lose():
    """The texts known to hurt are drawn as contents, and as names."""
    drawn = draw_many(requests(hostile=True), examples=600)
    assert {each.content for each in drawn} & {*HOSTILE[2:]}
    assert {each.sender.name for each in drawn} & {*HOSTILE}


@given(request=requests(complete=True, kinds=["service"], channels=["email", "portal"]))
@settings(DRAWING, max_examples=60)
def test_a_complete_request_lacks_nothing(request):
    """Nothing of Article 6 is unmet, and only the kinds and channels asked for are drawn."""
    desk = Desk(clock=lambda: AT)
    assert desk.unmet(desk.do(None, request)) == ()
    assert request.kind == "service"
    assert request.channel in ("email", "portal")
