"""Every sentence of the command line stands once, in both languages, and is used."""

import ast
import re
from pathlib import Path

import click
import pytest

import phananh.cli
from phananh.cli.app import cli
from phananh.cli.catalogue import SENTENCES, TABLES, sentence

SOURCES = [
    path
    for path in sorted(Path(phananh.cli.__file__).parent.rglob("*.py"))
    if path.parent.name != "catalogue"
]
# What says a code, and which argument it is.
SAYS = {"say": 0, "warn": 0, "CommandError": 0, "Progress": 1, "show_spinner": 1}
# Codes that are put together: the slug is a field, a kind, a status, or found by a table.
FAMILIES = {
    *(
        "head.",
        "kind.",
        "status.",
        "effect.",
        "decide.",
        "system.",
        "db.count_",
        "picture_",
        "metavar.",
    ),
}
FACTS = re.compile(r"{\w+}|--[a-z-]+")


def texts_in(node):
    """Yield the texts in a piece of source; of one put together, its beginning and a star."""
    if isinstance(node, ast.JoinedStr):
        start = node.values[0]
        yield f"{start.value if isinstance(start, ast.Constant) else ''}*"
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in ast.iter_child_nodes(node):
        if not (isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)):
            yield from texts_in(child)


def said():
    """Yield every code that the sources ask to be said; one put together ends with a star."""
    for node in (node for path in SOURCES for node in ast.walk(ast.parse(path.read_text("utf-8")))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            asked = node.args[SAYS[name] :][:1] if name in SAYS else []
            asked += [each.value for each in node.keywords if each.arg in ("help", "epilog")]
            for part in asked:
                yield from texts_in(part)


def test_every_code_that_is_said_exists():
    """No command asks for a sentence that is not there."""
    codes = {*said()}
    assert len(codes) > 100
    assert sorted(code for code in codes if "*" not in code and code not in SENTENCES) == []
    families = [code[:-1] for code in codes if "*" in code]
    assert [each for each in families if not any(c.startswith(each) for c in SENTENCES)] == []


def commands(group):
    """Yield every command of the tree, the group itself first."""
    yield group
    with click.Context(group) as ctx:
        for name in group.list_commands(ctx) if isinstance(group, click.Group) else ():
            yield from commands(group.get_command(ctx, name))


def test_every_command_and_option_has_its_sentence():
    """What each of them says of itself in the help is a code of the catalogue."""
    codes = [
        (command.name, each.name, each.help)
        for command in commands(cli)
        for each in (command, *(p for p in command.params if isinstance(p, click.Option)))
    ]
    assert len(codes) > 60
    assert [each for each in codes if each[2] not in SENTENCES] == []


def test_a_code_without_a_sentence_is_named():
    """Whoever adds a command reads which code is missing, and where it is added."""
    with pytest.raises(LookupError, match=r"no sentence for 'poem.help': add it to a table"):
        sentence("poem.help", "en")


def test_every_code_is_used():
    """No sentence stands in the tables that nothing says."""
    trees = (ast.parse(path.read_text("utf-8")) for path in SOURCES)
    texts = {text for tree in trees for text in texts_in(tree)}
    families = tuple(text[:-1] for text in texts if text[:-1] in FAMILIES)
    unused = [code for code in SENTENCES if code not in texts and not code.startswith(families)]
    assert unused == []
    columns = {code for code in SENTENCES if code.startswith("head.") and code not in texts}
    assert columns <= {f"head.{text}" for text in texts}


def test_both_sentences_take_the_same_facts():
    """No fact and no option is lost on the way to Vietnamese; no code stands in two tables."""
    assert sum(map(len, TABLES)) == len(SENTENCES)
    assert [code for code, pair in SENTENCES.items() if len(pair) != 2 or not all(pair)] == []
    for code, (vi, en) in SENTENCES.items():
        assert {*FACTS.findall(vi)} == {*FACTS.findall(en)}, code


def test_no_sentence_stands_twice():
    """What several commands say in English stands once; a single word may mean two things."""
    english = [en for _, en in SENTENCES.values() if " " in en]
    twice = {text for text in english if english.count(text) > 1}
    assert sorted(twice) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [("vi", "thiếu \\u001b[31m."), ("en", "\\u001b[31m is missing.")],
)
def test_facts_are_made_visible(lang, text):
    """What could steer a terminal is shown as what it is."""
    assert sentence("missing_argument", lang, name="\x1b[31m") == text
