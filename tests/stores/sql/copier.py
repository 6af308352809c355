"""Copies one file into another, until it is killed: `python -m tests.stores.sql.copier FROM TO`."""

import sys

from phananh.stores import open_store
from phananh.stores.copying import copy_store

if __name__ == "__main__":
    with open_store(sys.argv[1]) as one, open_store(sys.argv[2], check_schema=False) as two:
        copy_store(one, two, lambda what, count: print(what, count, flush=True))  # noqa: T201  # for whoever kills it
