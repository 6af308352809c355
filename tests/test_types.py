"""What a type checker is told: every keyword of the acts and filters by name, and no object."""

import inspect
import re
from doctest import script_from_examples
from pathlib import Path
from typing import get_args, get_type_hints

import attrs
import pytest

from phananh import Accused, Assignee, Desk, Kind, Person, Role, Sender, State
from phananh.regulation import request as slugs
from phananh.regulation.acts import ACTS, SYSTEM_TRIGGERS
from phananh.regulation.request import Channel, Reason
from phananh.stores import MemoryStore
from phananh.stores.base import Filters, PageOptions, Query
from phananh.testing.contract.lessons import VALUES, _make_case

ROOT = Path(__file__).parents[1]
ASKED = sorted(ACTS.keys() - SYSTEM_TRIGGERS)


@pytest.mark.parametrize("trigger", ASKED)
def test_every_field_of_an_act_is_a_keyword_of_its_method(trigger):
    """The method of an act names each of its arguments, so that a misspelt one is seen."""
    taken = inspect.signature(getattr(Desk, trigger)).parameters
    fields = {field.name for field in attrs.fields(ACTS[trigger])}
    always = {"self", "command_id"} if trigger == "receive" else {"self", "case", "options"}
    assert {*taken} - always - {"at"} == fields - {"at"}


def test_every_filter_is_a_keyword_of_find():
    """The keywords of `Desk.find` are the fields of `Query`; `count` takes no page."""
    assert [*get_type_hints(PageOptions)] == [field.name for field in attrs.fields(Query)]
    assert "PageOptions" in str(inspect.signature(Desk.find))
    assert {*get_type_hints(PageOptions)} - {*get_type_hints(Filters)} == {
        *("order", "limit", "after")
    }
    assert "Filters" in str(inspect.signature(Desk.count))
    assert {*get_type_hints(Filters)} == {*VALUES}, "what the contract of stores tries"
    store = MemoryStore()
    store.commit([_make_case(i) for i in range(28)])
    for name, values in VALUES.items():
        assert any(store.count(Query(**{name: value})) for value in values), f"no case of {name}"


@pytest.mark.parametrize("kind", [Person, Assignee, Accused, Sender, *ACTS.values()])
def test_no_argument_of_a_value_is_any_object(kind):
    """What a person or an act is made of has a type, be it cleaned or checked when it is made."""
    hints = inspect.signature(kind).parameters.values()
    assert [each.name for each in hints if each.annotation in (object, inspect._empty)] == []
    if kind is Person:
        assert inspect.signature(kind).parameters["role"].annotation == Role | slugs.RoleSlug


@pytest.mark.parametrize(
    ("slug", "kind"),
    [
        (slugs.KindSlug, Kind),
        (slugs.ChannelSlug, Channel),
        (slugs.RoleSlug, Role),
        (slugs.StateSlug, State),
        (slugs.ReasonSlug, Reason),
    ],
)
def test_the_slugs_are_those_of_the_enums(slug, kind):
    """Each literal type lists exactly the members of its enum, in their order."""
    assert [*get_args(slug)] == [member.value for member in kind]


GOOD = """
from collections.abc import Mapping
from datetime import datetime, timedelta

from phananh import HOA_BINH_2019, Accused, Case, Desk, Kind, Person, Role, State
from phananh.errors import Refusal
from phananh.regulation.events import Answered

desk = Desk(rules=HOA_BINH_2019, clock_skew=timedelta(seconds=5))
desk = Desk(rules=[HOA_BINH_2019])
who = Person(id="OP-1", role="operator")
who = Person(id="OP-1", role=Role.OPERATOR)
case: Case = desk.receive(kind="information", channel="phone", content="x", by=who)
case = desk.complete(case.id, kind=Kind.CONDUCT, accused=[Accused(unit="U-1")], by=who, expected=1)
desk.reject(case, reasons=[row.code for row in desk.unmet(case)], guidance="x", by=who)
desk.reject(case, reasons=["unclear"], guidance="x", by=who)
steps: Mapping[str, tuple[Refusal, ...]] = desk.allowed(case, by=who)
state: State = desk.find(states=["received", State.CLOSED], holder="agency").rows[0].state
state = desk.track("x").state
number: int = desk.feed(events=[Answered]).entries[0].event.n
number = desk.consume("mail", print, events=[Answered], start="end", limit=9).handled
number = desk.count(states=["received"], received_since=datetime.max, limit=5)
row = desk.find(order="newest", received_before=datetime.max).rows[0]
with desk.together() as d:
    d.rate(case.id, score=5, by=who)
text: str = HOA_BINH_2019.id_prefix
"""
BAD = [
    'desk.receive(kind="nope", channel="phone", content="x", by=who)',
    'desk.receive(kind="information", channel="fax", content="x", by=who)',
    'Person(id="OP-1", role="operater")',
    'desk.find(states=["open"])',
    'desk.find(holder="officers")',
    'desk.find(kind="nope")',
    'desk.complete(case, kind="nope", by=who)',
    'desk.reject(case, reasons=["nope"], guidance="x", by=who)',
    'desk.answer(case, text="x", by=who, expected="1")',
    'Desk(rules="HB-2019")',
    'desk.feed(events=["Answered"])',
    'desk.consume("mail", print, events=["Answered"])',
    'desk.consume("mail", print, lease=5)',
    'desk.find(order="best")',
    'desk.count(order="newest")',
]


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """Return where mypy keeps what it knows of the library: it is read once."""
    return tmp_path_factory.mktemp("mypy")


def test_a_type_checker_refuses_what_is_no_slug(tmp_path, cache):
    """mypy takes every good call, and refuses each bad one: a wrong slug, or a wrong type."""
    check = pytest.importorskip("mypy.api").run
    page = tmp_path / "page.py"
    page.write_text(GOOD + "".join(f"{line}\n" for line in BAD))
    found, problems, _ = check(["--strict", "--config-file=", "--cache-dir", str(cache), str(page)])
    assert problems == ""
    first = GOOD.count("\n") + 1
    lines = [int(line.split(":")[1]) for line in found.splitlines() if ": error:" in line]
    assert lines == [*range(first, first + len(BAD))], found


CODE = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("name", ["README.md", "docs/tutorial/first-case.md"])
def test_what_a_page_shows_passes_a_type_checker(name, tmp_path, cache):
    """Whoever copies the first pages into a program of theirs has nothing to mend for mypy."""
    check = pytest.importorskip("mypy.api").run
    blocks = CODE.findall((ROOT / name).read_text(encoding="utf-8"))
    assert blocks
    code = [script_from_examples(each) if ">>> " in each else each for each in blocks]
    page = tmp_path / "page.py"
    page.write_text("\n".join(code), encoding="utf-8")
    found, problems, _ = check(["--strict", "--config-file=", "--cache-dir", str(cache), str(page)])
    assert (problems, found) == ("", "Success: no issues found in 1 source file\n")
