"""A store without its extra says how to install it."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("name", "needed"),
    [("PostgresStore", "psycopg"), ("SqlalchemyStore", "sqlalchemy"), ("DjangoStore", "django")],
)
def test_the_extra_is_named(name: str, needed: str) -> None:
    """Importing the store without its driver names the extra, and how to get it."""
    code = f"import sys; sys.modules[{needed!r}] = None; from phananh.stores import {name}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert f'pip install ".[{name.lower()[:-5]}]"' in done.stderr.splitlines()[-1]
