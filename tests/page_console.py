"""What a console block of a page does: its commands run, and what they print is compared.

The id of a case is random, so a page shows one of an earlier run. The first time that a page
shows an id, it stands for the one that was printed in its place, and then for that one alone.
"""

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import attrs
from click.testing import CliRunner

from phananh.cli.app import cli

# Resolved while the folder still is the repository's: pages run elsewhere.
SOURCES = os.pathsep.join(
    str(Path(part).resolve()) for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part
)
SHELL = {"LC_ALL": "C.UTF-8", "COLUMNS": "100", "PHANANH_DB": None}
CASE_ID = re.compile(r"\bHB-\d{4}-[0-9A-Z]{10}\b")


@attrs.define
class CaseIds:
    """The ids that a page shows, with those that this run printed in their places."""

    printed: dict[str, str] = attrs.field(factory=dict)

    def learn(self, shown: str, printed: str) -> None:
        """Note which id of the page stands for which printed one, by their order."""
        for here, there in zip(CASE_ID.findall(shown), CASE_ID.findall(printed), strict=False):
            if there not in self.printed.values():
                self.printed.setdefault(here, there)

    def replace(self, text: str) -> str:
        """Return a text of the page with the ids of this run."""
        return CASE_ID.sub(lambda found: self.printed.get(found[0], found[0]), text)


def run(words: list[str], folder: Path) -> tuple[int, str]:
    """Run `phananh` in this process, or `python` in another; return exit code and output."""
    if words[0] == "phananh":
        done = CliRunner(env=SHELL).invoke(cli, words[1:])
        return done.exit_code, done.output
    assert words[0] == "python", f"only phananh and python run in a console block, not {words[0]}"
    done = subprocess.run(
        [sys.executable, *words[1:]],
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": SOURCES},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def is_shown(shown: str, printed: str) -> bool:
    """Tell whether a page shows what was printed; `...` stands for any text."""
    return doctest.OutputChecker().check_output(tidy(shown), tidy(printed), doctest.ELLIPSIS)


def tidy(text: str) -> str:
    """Return lines without what nobody sees at their ends."""
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())
