"""The template of a store keeps the contract where it was copied to, as its page says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args

from examples.stores.jsonl import JsonlStore
from phananh.stores import memory
from phananh.stores.base import Capability
from tests.page_console import SOURCES
from tests.test_docs import BLOCK

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-store.md"
TEMPLATE = Path(__file__).parents[2] / "examples" / "stores" / "jsonl"


def copy_template(folder: Path) -> Path:
    """Copy the template as the page says, and return the copy."""
    ignored = shutil.ignore_patterns("__pycache__")
    return shutil.copytree(TEMPLATE, folder / "brand_store", ignore=ignored)


def run_copy(folder: Path, *words: str) -> str:
    """Copy the template, run Python beside the copy, and return what it printed."""
    copy_template(folder)
    return run_python(folder, "-m", *words)


def run_python(folder: Path, *words: str) -> str:
    """Run Python in a folder, and return what it printed."""
    run = subprocess.run(
        [sys.executable, "-W", "error", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": SOURCES, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_a_copy_keeps_the_contract(tmp_path: Path) -> None:
    """All tests of a copy pass; what is skipped is what the store does not declare."""
    printed = run_copy(tmp_path, "pytest", "-q", "-rs", "-p", "no:cacheprovider", "brand_store")
    skipped = re.findall(r"^SKIPPED \[\d+\] \S+: (.*)$", printed, re.MULTILINE)
    missing = {*get_args(Capability)} - JsonlStore.capabilities
    assert {*skipped} <= {f"not offered: {each}" for each in missing}, printed
    passed = re.search(r"(\d+) passed, \d+ skipped", printed)
    assert passed is not None
    assert int(passed[1]) > 120


def test_a_copy_runs_without_pytest(tmp_path: Path) -> None:
    """The command of the page runs what it names, and reports it."""
    suite = "brand_store.test_store:TestJsonlStore"
    printed = run_copy(tmp_path, "phananh.testing", "conform", suite, "-k", "expected_version")
    assert "2 passed, 0 failed" in printed


def test_a_copy_with_its_own_memory_store(tmp_path: Path) -> None:
    """With `memory.py` beside it, as the page says, a copy needs no private name of the package."""
    copy = copy_template(tmp_path)
    shutil.copy(memory.__file__, copy / "memory.py")
    source = (copy / "store.py").read_text(encoding="utf-8")
    was, now = "from phananh.stores import MemoryStore\n", "from .memory import MemoryStore\n"
    assert was in source
    (copy / "store.py").write_text(source.replace(was, now), encoding="utf-8")
    code = "import brand_store, sys; print(brand_store.JsonlStore.__mro__[1].__module__)"
    assert run_python(tmp_path, "-c", code) == "brand_store.memory\n"
    suite = "brand_store.test_store:TestJsonlStore"
    words = ("-m", "phananh.testing", "conform", suite, "-k", "history")
    assert " 0 failed" in run_python(tmp_path, *words)


def test_a_copy_needs_nothing_private_of_the_repository() -> None:
    """The template imports the standard library, phananh, pytest, and its own files."""
    lines = [
        line
        for path in TEMPLATE.glob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.match(r"(from|import) ", line)
    ]
    named = {
        re.split(r"[ .]", line.removeprefix("from ").removeprefix("import "))[0] for line in lines
    }
    assert named - {*sys.stdlib_module_names} == {"", "attrs", "phananh", "pytest"}


def test_the_page_shows_the_template_as_it_is() -> None:
    """What the page quotes stands in the template, line by line."""
    blocks = BLOCK.finditer(PAGE.read_text(encoding="utf-8"))
    quoted = [block["body"] for block in blocks if block["what"] == "excerpt.txt"]
    source = (TEMPLATE / "store.py").read_text(encoding="utf-8")
    assert len(quoted) == 1
    assert quoted[0] in source
