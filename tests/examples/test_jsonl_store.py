"""The template of a store keeps the contract where it was copied to, as its page says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from examples.stores.jsonl import JsonlStore
from phananh.stores.base import Capability
from tests.page_console import SOURCES

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


@pytest.mark.parametrize(
    ("asked", "least"),
    [
        ("feed or command or erased or history or page", 10),
        pytest.param("test", 50, marks=pytest.mark.slow),
    ],
)
def test_a_copy_keeps_the_contract(tmp_path: Path, asked: str, least: int) -> None:
    """The tests of a copy pass; what is skipped is what the store does not declare.

    The whole contract is asked by `make slow`.
    """
    words = ("pytest", "-q", "-rs", "-p", "no:cacheprovider", "-k", asked, "brand_store")
    printed = run_copy(tmp_path, *words)
    skipped = re.findall(r"^SKIPPED \[\d+\] \S+: (.*)$", printed, re.MULTILINE)
    missing = {*get_args(Capability)} - JsonlStore.capabilities
    assert {*skipped} <= {f"not offered: {each}" for each in missing}, printed
    (passed,) = re.findall(r"(\d+) passed", printed)
    assert int(passed) > least
