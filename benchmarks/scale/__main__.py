"""Fill each size, ask it, and print what it took: `python -m benchmarks.scale [--write]`."""

import argparse
import json
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.__main__ import where
from benchmarks.scale.pages import keep, write
from benchmarks.scale.places import ROOT, Place, postgres_places, sqlite_places
from benchmarks.scale.run import run

SIZES = (10_000, 100_000, 1_000_000)


def _sizes(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _places(stack: ExitStack, db: str, sizes: list[int]) -> list[Place]:
    """Return a place for each size: "sqlite", "postgres", or the URL of a server or a folder."""
    if db.startswith("postgres"):
        dsn = db if ":" in db else None
        return stack.enter_context(postgres_places(sizes, dsn))
    (ROOT / "build").mkdir(exist_ok=True)
    parent = Path(db.removeprefix("sqlite:///")) if ":" in db else ROOT / "build"
    folder = stack.enter_context(tempfile.TemporaryDirectory(dir=parent, prefix="scale-"))
    return stack.enter_context(sqlite_places(sizes, Path(folder)))


def main(argv: list[str] | None = None) -> None:
    """Run each engine that is asked for and print its numbers."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument(
        "--db",
        action="append",
        help="sqlite, postgres, sqlite:///FOLDER or postgresql://...; the first two by default",
    )
    parser.add_argument("--sizes", type=_sizes, default=list(SIZES), metavar="N,N,...")
    parser.add_argument("--write", action="store_true", help="renew tables and pictures of docs")
    options = parser.parse_args(argv)
    for db in options.db or ("sqlite", "postgres"):
        with ExitStack() as stack:
            places = _places(stack, db, options.sizes)
            found: dict[str, Any] = {
                "date": f"{datetime.now(UTC):%Y-%m-%d}", "where": where("store"), **run(places)
            }  # fmt: skip
        print(json.dumps({places[0].engine: found}, ensure_ascii=False, indent=1), flush=True)
        if options.write:
            keep(places[0].engine, found)
            write()


if __name__ == "__main__":
    main()
