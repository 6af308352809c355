"""Every message of the library has both sentences, the same facts in each, and a place of use."""

import re
import string
from itertools import chain

import pytest

from phananh.errors import InputError
from phananh.messages import catalogue
from phananh.messages.catalogue import MESSAGES
from phananh.messages.message import Message, put_in
from phananh.messages.refusals import REFUSALS
from tests.messages.raised import Site, named, sites, trees


@pytest.fixture(scope="module")
def raised() -> list[Site]:
    """Return each call that raises or refuses with a code."""
    return [site for site in sites() if site.called.endswith(("Error", "refuse"))]


def facts_of(*templates: str) -> set[str]:
    """Return the names of the facts that templates take."""
    parts = chain.from_iterable(string.Formatter().parse(text) for text in templates)
    return {name for _, name, _, _ in parts if name is not None}


def test_both_languages_say_the_same_facts():
    """Each message takes the same facts in Vietnamese and in English, and so does its way out."""
    uneven = [
        code
        for code, message in MESSAGES.items()
        if facts_of(message.vi) != facts_of(message.en)
        or facts_of(message.way_vi) != facts_of(message.way_en)
    ]
    assert uneven == []
    assert [code for code, (vi, en) in REFUSALS.items() if facts_of(vi) != facts_of(en)] in (
        [],
        ["invalid"],  # what is wrong with a line of a log comes in both languages
    )


def test_no_sentence_is_in_one_language_only():
    """A problem, and a way out, are there in both languages or in none."""
    half = [
        code
        for code, m in MESSAGES.items()
        if not (m.vi and m.en) or bool(m.way_vi) != bool(m.way_en)
    ]
    assert half == []


def test_the_same_thing_is_said_once():
    """No two codes say the same, problem and way out, in English."""
    said: dict[tuple[str, str], list[str]] = {}
    for code, message in MESSAGES.items():
        said.setdefault((message.en, message.way_en), []).append(code)
    assert [codes for codes in said.values() if len(codes) > 1] == []


def test_what_a_value_is_not_is_said_in_one_way():
    """`x is not a y`, never `not a y: x`; `x is unknown`, never `unknown: x`."""
    other = ("not a ", "not an ", "unknown: ", "neither ")
    assert [c for c, m in MESSAGES.items() if m.en.startswith(other) and "{value}" in m.en] == []


def test_no_code_is_in_two_tables():
    """The tables of the areas have no code in common: the later would hide the earlier."""
    tables = [t for t in vars(catalogue).values() if isinstance(t, dict) and t is not MESSAGES]
    areas = [table for table in tables if all(isinstance(m, Message) for m in table.values())]
    assert len(areas) == 6
    assert sum(map(len, areas)) == len(MESSAGES)


def test_every_code_that_is_raised_has_its_message(raised: list[Site]):
    """A code written at a raise site is in the catalogue."""
    assert len(raised) > 100
    assert [site for site in raised if site.code not in MESSAGES] == []


def test_every_message_is_used():
    """No message lies in the catalogue that no module names."""
    modules = [module for module in trees() if not module.startswith("messages/")]
    used = re.compile("|".join({pattern for module in modules for pattern in named(module)}))
    unused = [code for code in (*MESSAGES, *REFUSALS) if not used.fullmatch(code)]
    assert unused == []


def test_every_raise_site_gives_the_facts_of_its_message(raised: list[Site]):
    """No sentence is left with a hole: what a template takes is given where the error is made."""
    holes = [
        (site, sorted(wanted - site.facts))
        for site in raised
        if site.code in MESSAGES and site.facts is not None
        for wanted in [facts_of(*MESSAGES[site.code])]
        if not wanted <= site.facts
    ]
    assert holes == []


def test_no_site_gives_a_sentence():
    """An input error is given a code and facts, never a problem in words."""
    wordy = [
        site.place
        for site in sites()
        if site.called.endswith("Error") and site.facts and site.facts & {"problem", "way_out"}
    ]
    assert wordy == []


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_message_is_rendered(code, lang):
    """Every message can be told with facts of any kind, and none is left as a name in braces."""
    message: Message = MESSAGES[code]
    facts = {name: f"<{name}>" for name in facts_of(*message)}
    text = message.text(facts, lang)
    assert text.strip()
    assert all(put_in(f"{{{name}}}", facts, lang) in text for name in facts_of(message.en))


def test_an_error_is_its_code_and_its_facts():
    """Problem, way out and text are made from them, in either language."""
    error = InputError(code="unknown_value", field="kind", value="'x{0}'", known=("a", "b"))
    assert (error.problem, error.way_out) == ("'x{0}' is unknown", "use one of a, b")
    assert str(error) == error.text() == "kind: 'x{0}' is unknown; use one of a, b"
    assert error.text("vi") == "loại nội dung: không có 'x{0}'; chọn một trong: a, b"
    assert error.as_dict() == {
        "error": "InputError",
        "message": str(error),
        "article": None,
        "field": "kind",
        "problem": error.problem,
        "way_out": error.way_out,
        "code": "unknown_value",
    }
    moved = error.of_field("accused")
    assert (type(moved), moved.code, moved.facts) == (InputError, error.code, error.facts)
    assert moved.text().startswith("accused: ")
