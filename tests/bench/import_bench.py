"""What `import phananh` costs over a bare interpreter: CPU time, user and system, of a child."""

import os
import re
import subprocess
import sys

from tests.bench.rounds import Row, Times

RUNS = 15
GOAL_MS = 80.0
BARE = "pass"
PROGRAMS = {
    "import phananh": "import phananh",
    "from phananh import Desk": "from phananh import Desk",
    "import attrs (we build on it)": "import attrs",
}
HEAVY = ("holidays", "transitions", "sqlite3", "numpy", "click", "rich", "asyncio")


def cpu_seconds(program: str) -> float:
    """Run `program` in a child of this interpreter; return the CPU time that it took."""
    child = subprocess.Popen([sys.executable, "-c", program])
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{program!r} failed")
    return usage.ru_utime + usage.ru_stime


def loaded(program: str) -> list[str]:
    """Return which of the heavy packages `program` has loaded."""
    ask = f"{program}; import sys; print(*(m for m in {HEAVY!r} if m in sys.modules))"
    run = [sys.executable, "-c", ask]
    return subprocess.run(run, check=True, capture_output=True, text=True).stdout.split()


def slowest(count: int = 12) -> list[tuple[str, int]]:
    """Return the modules that take longest in themselves, in microseconds."""
    run = [sys.executable, "-X", "importtime", "-c", "from phananh import Desk"]
    told = subprocess.run(run, check=True, capture_output=True, text=True).stderr
    lines = re.findall(r"import time: +(\d+) \| +\d+ \| +(\S+)", told)
    return sorted(((name, int(own)) for own, name in lines), key=lambda pair: -pair[1])[:count]


def run() -> list[Row]:
    """Return the rows of each import, and of what must not be loaded."""
    taken: dict[str, list[float]] = {what: [] for what in PROGRAMS}
    for _ in range(RUNS):
        bare = cpu_seconds(BARE)
        for what, program in PROGRAMS.items():
            taken[what].append(cpu_seconds(program) - bare)
    rows = [_row(what, Times(tuple(seconds))) for what, seconds in taken.items()]
    heavy = loaded("import phananh")
    none = Row(what=f"loaded by it: {', '.join(heavy) or 'nothing heavy'}", goal="nothing heavy")
    return [*rows, none.judged(met=not heavy), *(_own(*pair) for pair in slowest())]


def _row(what: str, times: Times) -> Row:
    goal = GOAL_MS * 1e3 if "phananh" in what else None
    shown = Row(what=f"{what}, CPU", micros=times.median * 1e6, spread=times.spread)
    return shown if goal is None else shown.below(goal, f"<= {GOAL_MS:g} ms")


def _own(name: str, micros: int) -> Row:
    return Row(what=f"  in itself: {name}", micros=micros)
