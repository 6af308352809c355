"""What the commands print: one file a command, as a terminal would show it.

`$` is a command, `!` a line on standard error, and `=` the exit code where it is not 0. `< NAME`
gives a file as standard input. The files beside them are in the folder of the run, and `office.db`
has the cases of `office.jsonl`. Ids and tracking codes are drawn, so that a transcript has others
of the same length: `HB-2503-CASE000001`, `CODE-0000-0000-00001`. `FOLDER` is that of the run, and
`RECORDED` the moment when an act was entered.

    python -m tests.cli.transcript

writes all transcripts anew. Read the difference before you commit it.
"""

import json
import re
import shlex
import shutil
import tempfile
from contextlib import chdir
from functools import cache
from pathlib import Path

from phananh.desk import vietnam_now
from tests.cli.terminal import rows, run

HOME = Path(__file__).parent / "transcripts"
FILES, LATE = sorted(HOME.glob("*.txt")), ("--at", "2025-03-10T09:00")


class Office:
    """A folder with the files and the database, and the names of its cases in transcripts."""

    def __init__(self, folder: Path) -> None:
        """Copy the files, and the database with the cases."""
        for file in HOME.iterdir():
            if file.suffix != ".txt":
                shutil.copy(file, folder)
        recorded, names = _record()
        (folder / "office.db").write_bytes(recorded)
        self.names = {str(folder): "FOLDER", **names}

    def play(self, line: str) -> str:
        """Return a command with what it prints and its exit code."""
        typed = line
        for real, shown in self.names.items():
            typed = typed.replace(shown, real)
        words, _, given = typed.removeprefix("$ phananh").partition(" < ")
        done = run(*shlex.split(words), given=Path(given).read_bytes() if given else None)
        errors = "".join(f"! {each}\n" for each in done.stderr.splitlines())
        text = done.stdout + errors + (f"= {done.exit_code}\n" if done.exit_code else "")
        for real, shown in self.names.items():
            text = text.replace(real, shown)
        text = re.sub(
            r"(\"recorded_at\": \"|, entered |, nhập vào hệ thống )[^\"(]+", r"\1RECORDED ", text
        )
        now = vietnam_now()
        today = rf"{now:%Y-%m-%d} \d\d:\d\d|\d\d:\d\d {now:%d/%m/%Y}"
        return f"{line}\n{re.sub(today, 'RECORDED        ', text)}"


@cache
def _record() -> tuple[bytes, dict[str, str]]:
    """Return the database with the cases, recorded once, and the names of what was drawn."""
    names = {}
    with tempfile.TemporaryDirectory() as made:
        db = f"{made}/office.db"
        run("replay", str(HOME / "office.jsonl"), "--db", db)
        for n, row in enumerate(rows(run("list", "--db", db, *LATE, "--json")), 1):
            found = run("case", row["case"], "--db", db, *LATE, "--personal", "--json")
            names[row["case"]] = f"HB-2503-CASE{n:06}"
            names[json.loads(found.stdout)["code"]] = f"CODE-0000-0000-{n:05}"
        return Path(db).read_bytes(), names


def play_all(path: Path, folder: Path) -> str:
    """Return a transcript as the commands in it print it now."""
    office = Office(folder)
    with chdir(folder):
        lines = re.findall(r"^\$ .*$", path.read_text("utf-8"), re.MULTILINE)
        return "\n".join(office.play(line) for line in lines)


if __name__ == "__main__":
    for each in FILES:
        with tempfile.TemporaryDirectory() as made:
            each.write_text(play_all(each, Path(made)), "utf-8")
