"""Runs the command line in this process, and as a process of its own."""

import json
import os
import subprocess
import sys
from typing import Any

from click.testing import CliRunner, Result

from phananh.cli.app import cli

ENGLISH = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "en_US.UTF-8", "PHANANH_DB": ""}


def run(*args: str, given: str | bytes | None = None, **env: str) -> Result:
    """Run a command; English, unless `env` says otherwise, and no database by default."""
    return CliRunner().invoke(cli, args, input=given, env=ENGLISH | env)


def rows(result: Result) -> list[dict[str, Any]]:
    """Return the lines of JSON that a command printed."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def command(*args: str) -> list[str]:
    """Return the words that start the command line as a process."""
    return [sys.executable, "-m", "phananh", *args]


def process(*args: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Run the command line as a process of its own."""
    env = os.environ | ENGLISH | options.pop("env", {})
    options.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.run(command(*args), env=env, capture_output=True, timeout=60, **options)


def list_cases(path: str, *options: str) -> list[dict[str, Any]]:
    """Return the cases of a database as `list` prints them as JSON."""
    return rows(run("list", "--db", path, "--json", *options))
