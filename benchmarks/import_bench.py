"""What `import phananh` costs over a bare interpreter: CPU time, user and system, of a child.

With bytecode, as pip installs it: the children keep it in a folder of their own, and a first
run that is not counted fills it.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping

from benchmarks.rounds import Row, Times

RUNS = 15
GOAL_MS = 80.0
BARE = "pass"
PROGRAMS = {
    "import phananh": "import phananh",
    "phananh.vietnam_calendar": "from phananh import vietnam_calendar",
    "phananh.Desk": "from phananh import Desk",
    "import attrs (we build on it)": "import attrs",
}
HEAVY = (
    *("holidays", "transitions", "sqlite3", "numpy", "click", "rich", "asyncio"),
    *("importlib.resources", "tomllib", "json", "secrets"),
)


Env = Mapping[str, str]


def environment(cache: str) -> Env:
    """Return the environment of a child that keeps its bytecode in a folder."""
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, "PYTHONPYCACHEPREFIX": cache}


def cpu_seconds(program: str, env: Env) -> float:
    """Run `program` in a child of this interpreter; return the CPU time that it took."""
    child = subprocess.Popen([sys.executable, "-c", program], env=env)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{program!r} failed")
    return usage.ru_utime + usage.ru_stime


def _said(env: Env, *arguments: str) -> subprocess.CompletedProcess[str]:
    run = [sys.executable, *arguments]
    return subprocess.run(run, check=True, capture_output=True, text=True, env=env)


def loaded(program: str, env: Env) -> list[str]:
    """Return which of the heavy packages `program` has loaded."""
    ask = f"{program}; import sys; print(*(m for m in {HEAVY!r} if m in sys.modules))"
    return _said(env, "-c", ask).stdout.split()


def slowest(env: Env, *, count: int = 12) -> list[tuple[str, int]]:
    """Return the modules that take longest in themselves, in microseconds."""
    told = _said(env, "-X", "importtime", "-c", "from phananh import Desk").stderr
    lines = re.findall(r"import time: +(\d+) \| +\d+ \| +(\S+)", told)
    return sorted(((name, int(own)) for own, name in lines), key=lambda pair: -pair[1])[:count]


def run() -> list[Row]:
    """Return the rows of each import, and of what must not be loaded."""
    with tempfile.TemporaryDirectory() as cache:
        env = environment(cache)
        taken: dict[str, list[float]] = {what: [] for what in PROGRAMS}
        for _ in range(RUNS + 1):
            bare = cpu_seconds(BARE, env)
            for what, program in PROGRAMS.items():
                taken[what].append(cpu_seconds(program, env) - bare)
        rows = [_row(what, Times(tuple(seconds[1:]))) for what, seconds in taken.items()]
        heavy = loaded("from phananh import Desk", env)
        none = Row(what=f"heavy packages loaded: {', '.join(heavy) or 'none'}", goal="none")
        return [*rows, none.judged(met=not heavy), *(_own(*pair) for pair in slowest(env))]


def _row(what: str, times: Times) -> Row:
    goal = GOAL_MS * 1e3 if "phananh" in what else None
    shown = Row(what=f"{what}, CPU", micros=times.median * 1e6, spread=times.spread)
    return shown if goal is None else shown.below(goal, f"<= {GOAL_MS:g} ms")


def _own(name: str, micros: int) -> Row:
    return Row(what=f"  in itself: {name}", micros=micros)
