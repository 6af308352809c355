"""Every sentence of the command line is in both languages, is used, and is at hand where it is."""

import ast
import re
from pathlib import Path

import click

import phananh.cli
from phananh.cli.app import COMMANDS, cli
from phananh.cli.base import SENTENCES, RunContext
from tests.house import ROOT

HOME = Path(phananh.cli.__file__).parent
SOURCES = {
    "phananh.cli." + ".".join(path.relative_to(HOME).with_suffix("").parts): ast.parse(
        path.read_text("utf-8")
    )
    for path in sorted(HOME.rglob("*.py"))
}
# What says a code, and which argument it is.
SAYS = {"say": 0, "warn": 0, "CommandError": 0}
# Codes that are put together: the slug is a field, a kind, a status, or found by a table.
FAMILIES = (
    "head.", "kind.", "status.", "effect.", "decide.", "system.", "db.count_", "picture_",
    "metavar.",
)  # fmt: skip
FACTS = re.compile(r"{\w+}|--[a-z-]+")


def is_table(node):
    """Return whether a statement adds sentences."""
    call = node.value if isinstance(node, ast.Expr) else None
    return isinstance(call, ast.Call) and ast.unparse(call.func) == "SENTENCES.update"


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


def said_in(tree):
    """Yield every code that a file asks to be said; one put together ends with a star."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            asked = node.args[SAYS[name] :][:1] if name in SAYS else []
            asked += [each.value for each in node.keywords if each.arg in ("help", "epilog")]
            for part in asked:
                yield from texts_in(part)


def at_hand(module, seen):
    """Return the codes that a file and what it imports add."""
    seen.add(module)
    found = set()
    for node in ast.walk(SOURCES[module]):
        if is_table(node):
            found |= {key.value for key in node.value.args[0].keys}
        if isinstance(node, ast.ImportFrom) and node.module in SOURCES.keys() - seen:
            found |= at_hand(node.module, seen)
    return found


def test_every_code_that_is_said_is_at_hand():
    """A command finds its sentences although no other command was loaded."""
    count = 0
    for name in COMMANDS:
        seen = {"phananh.cli.app"}
        codes = at_hand("phananh.cli.app", set()) | at_hand(f"phananh.cli.commands.{name}", seen)
        for module in seen:
            for code in said_in(SOURCES[module]):
                count += 1
                family = code.endswith("*") and any(c.startswith(code[:-1]) for c in codes)
                assert code in codes or family, (name, module, code)
    assert count > 500


def commands(group):
    """Yield every command of the tree, the group itself first."""
    yield group
    with click.Context(group) as ctx:
        for name in group.list_commands(ctx) if isinstance(group, click.Group) else ():
            yield from commands(group.get_command(ctx, name))


def test_every_command_and_option_has_its_sentence():
    """What each of them says of itself in the help is a code with a sentence."""
    codes = [
        each.help
        for command in commands(cli)
        for each in (command, *(p for p in command.params if isinstance(p, click.Option)))
    ]
    assert len(codes) > 60
    assert {*codes} <= {*SENTENCES}
    for page in (ROOT / "docs/reference/cli.md", ROOT / "docs/vi/cli.md"):
        assert [c for c in COMMANDS if f"`{c}`" not in page.read_text(encoding="utf-8")] == []


def test_every_sentence_is_used_and_takes_the_same_facts_in_both_languages():
    """No sentence is in two tables, unused, or without a fact or an option of the other one."""
    list(commands(cli))  # loads every file
    statements = [node for tree in SOURCES.values() for node in tree.body]
    tables = [node for node in statements if is_table(node)]
    assert sum(len(node.value.args[0].keys) for node in tables) == len(SENTENCES)
    texts = {text for node in statements if not is_table(node) for text in texts_in(node)}
    for code, (vi, en) in SENTENCES.items():
        assert code in texts or code.startswith(FAMILIES), code
        assert not code.startswith("head.") or {code, code[5:]} & texts, code
        assert {*FACTS.findall(vi)} == {*FACTS.findall(en)}, code
    english = [en for _, en in SENTENCES.values() if " " in en]
    assert {text for text in english if english.count(text) > 1} == set()


def test_facts_are_made_visible():
    """What could steer a terminal is shown as what it is."""
    hidden = "\x1b[31m"
    assert RunContext("vi").say("missing_argument", name=hidden) == "thiếu \\u001b[31m."
    assert RunContext("en").say("missing_argument", name=hidden) == "\\u001b[31m is missing."
