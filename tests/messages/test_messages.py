"""Every message of the library has both sentences, the same facts in each, and a place of use."""

import ast
import re
import string
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

import phananh
from phananh.errors import InputError
from phananh.messages.catalogue import DOING, MESSAGES
from phananh.messages.message import put_in
from phananh.messages.refusals import REFUSALS

HOUSE = Path(phananh.__file__).parent
# Keywords of an error that are no facts of its message.
NAMES = {"journal mode", "import phananh"}  # of SQLite's own setting, and a line of code


@cache
def list_trees():
    """Return the syntax tree of each file of the package, by its path."""
    files = sorted(HOUSE.rglob("*.py"))
    return {
        f.relative_to(HOUSE).as_posix(): ast.parse(f.read_text(encoding="utf-8")) for f in files
    }


@pytest.mark.parametrize(("apart", "vi", "en"), [
    (timedelta(0), "10 giờ 00 phút ngày 05/3/2026", "2026-03-05 10:00"),
    (timedelta(minutes=1), "10 giờ 00 phút ngày 05/3/2026", "2026-03-05 10:00"),
    (timedelta(seconds=20), "10 giờ 00 phút 01 giây ngày 05/3/2026", "2026-03-05 10:00:01"),
    (timedelta.resolution, "10 giờ 00 phút 01,000000 giây ngày 05/3/2026",
     "2026-03-05 10:00:01.000000"),
])  # fmt: skip
def test_two_instants_of_a_sentence_do_not_read_the_same(apart, vi, en):
    """An instant is shown to the minute, or finer where another in the sentence is close."""
    at = datetime(2026, 3, 5, 10, 0, 1, tzinfo=UTC)
    for lang, told in (("vi", vi), ("en", en)):
        assert put_in("{due}", {"due": at, "at": at + apart}, lang) == told


def facts_of(*templates):
    """Return the names of the facts that templates take."""
    parts = chain.from_iterable(string.Formatter().parse(text) for text in templates)
    return {name for _, name, _, _ in parts if name is not None}


def texts_of(node):
    """Return the codes that an expression gives: a text, or one of two."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=one, orelse=other):
            return texts_of(one) + texts_of(other)
        case _:
            return []


def sites():
    """Yield each call with a `code=` that is written out: where, of what, the code, the facts."""
    for module, tree in list_trees().items():
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
        for call in calls if not module.startswith("cli/") else ():
            called = getattr(call.func, "id", "") or getattr(call.func, "attr", "")
            given = {keyword.arg: keyword.value for keyword in call.keywords}
            for code in texts_of(given.get("code")):
                facts = (
                    None if None in given else given.keys() - {"code", "field", "article", "doing"}
                )  # more come by `**`
                yield f"{module}:{call.lineno}", called, code, facts


def named_in(tree):
    """Yield a pattern of every text of a module; a name put in is a gap before or after words."""
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)):
                yield re.escape(text)
            case ast.JoinedStr(values=[ast.Constant(value=str(head)), ast.FormattedValue()]):
                yield f"{re.escape(head)}[a-z_]+" if re.fullmatch(r"[a-z_]+_", head) else "-"
            case ast.JoinedStr(values=[ast.FormattedValue(), ast.Constant(value=str(tail))]):
                yield f"[a-z_]+{re.escape(tail)}" if re.fullmatch(r"_[a-z_]+", tail) else "-"


def english_left(english, vietnamese):
    """Return two words running of the English that stand in the Vietnamese, quotes left out."""
    bare = re.sub(r'`[^`]*`|"[^"]*"|\{\w+\}', "", english)
    pairs = re.findall(r"(?=\b([A-Za-z]{1,} [a-z]{2,})\b)", bare)
    return [two for two in pairs if two not in NAMES and re.search(rf"\b{two}\b", vietnamese)]


def test_a_message_says_the_same_in_both_languages():
    """Problem and way out are there in both, take the same facts, and can be told with them."""
    said = {}
    for code, m in MESSAGES.items():
        assert all((m.vi, m.en, bool(m.way_vi) == bool(m.way_en))), code
        assert (facts_of(m.vi), facts_of(m.way_vi)) == (facts_of(m.en), facts_of(m.way_en)), code
        assert said.setdefault((m.en, m.way_en), code) == code
        if m.vi != m.en:  # else only programmers meet it
            assert not english_left(m.en, m.vi) + english_left(m.way_en, m.way_vi), code
        facts = {name: f"<{name}>" for name in facts_of(*m)}
        for lang in ("vi", "en"):
            text = m.text(facts, lang)
            assert all(put_in(f"{{{name}}}", facts, lang) in text for name in facts_of(m.en)), code
    assert {c for c, (vi, en) in REFUSALS.items() if facts_of(vi) != facts_of(en)} <= {"invalid"}


def test_what_a_value_is_not_is_said_in_one_way():
    """`x is not a y`, never `not a y: x`; `x is unknown`, never `unknown: x`."""
    other = ("not a ", "not an ", "unknown: ", "neither ")
    assert [c for c, m in MESSAGES.items() if m.en.startswith(other) and "{value}" in m.en] == []


def test_every_message_is_used():
    """No message lies in the catalogue that no module names."""
    modules = [tree for module, tree in list_trees().items() if not module.startswith("messages/")]
    named = {pattern for tree in modules for pattern in named_in(tree)}
    with_gap = re.compile("|".join(pattern for pattern in named if "[a-z_]+" in pattern))
    assert [code for code in {*MESSAGES, *REFUSALS} - named if not with_gap.fullmatch(code)] == []


def test_a_code_is_raised_with_the_facts_of_its_message():
    """A code at a raise site has a message, no hole is left in it, and no sentence is given."""
    raised = [site for site in sites() if site[1].endswith(("Error", "refuse"))]
    assert len(raised) > 100
    for place, called, code, facts in raised:
        assert code in MESSAGES, place
        assert facts is None or facts_of(*MESSAGES[code]) <= facts, place
        assert not (called.endswith("Error") and facts and facts & {"problem", "way_out"}), place


def list_named():
    """Yield what the modules of stores name: a thing that a caller gives, a field, a task."""
    for module, tree in list_trees().items():
        for node in ast.walk(tree) if module.startswith("stores/") else ():
            match node:
                case ast.arg(arg=name) | ast.AnnAssign(target=ast.Name(id=name)):
                    yield "given", name
                case ast.keyword(arg="field", value=ast.Constant(value=name)):
                    yield "field", name
                case (
                    ast.keyword(arg="doing", value=value)
                    | ast.Dict(keys=[ast.Constant(value="doing"), *_], values=[value, *_])
                    | ast.Assign(targets=[ast.Name(id="doing")], value=value)
                    | ast.Call(func=ast.Attribute(attr="_select"), args=[value, *_])
                    | ast.Call(args=[ast.Attribute(attr="_select"), value, *_])
                ):
                    yield from (("doing", text) for text in texts_of(value))


def test_a_store_names_what_a_caller_gives_and_does_what_has_words():
    """The field of an error is an argument somewhere; what was being done is said in words."""
    named = {*list_named()}
    given, fields, doings = (
        {name for each, name in named if each == kind} for kind in ("given", "field", "doing")
    )
    assert (fields - given, doings - DOING.keys(), len(doings) > 10) == (set(), set(), True)


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
