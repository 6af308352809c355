"""The address of a PostgreSQL store: its connection string, and the schema of its tables."""

import re

import psycopg
from psycopg import conninfo

from phananh.errors import InputError, short_repr

_NAME = re.compile("[a-z_][a-z0-9_]{0,62}")
_PORTS = re.compile("[0-9,]*")
# A second @ before the path, or one in the path: in a URL each would be %40.
_SPLIT = re.compile(r"\w+://([^/?]*@[^/?]*@|[^/?]*/[^?]*@)")


def describe(dsn: object) -> str:
    """Return a connection string as a name without its password.

    A password with an unescaped `/` or `@` is read by libpq as another part. Such a part is refused
    here, as no error of libpq may show it either.

    Raises:
        InputError: it is no connection string. The driver's own words would repeat it.
    """
    try:
        parts = conninfo.conninfo_to_dict(str(dsn))
    except psycopg.Error:
        raise InputError(field="dsn", code="not_a_dsn") from None
    host, port, name = (str(parts.get(each) or "") for each in ("host", "port", "dbname"))
    if _SPLIT.match(str(dsn)) or not _PORTS.fullmatch(port):
        raise InputError(field="dsn", code="not_a_dsn")
    return f"postgresql://{host}{':' if port else ''}{port}/{name}"


def check_name(schema: str) -> str:
    """Return the name of a schema, which is put into statements as it is, or refuse it."""
    if schema and not _NAME.fullmatch(schema):
        raise InputError(field="schema", code="not_a_schema_name", value=short_repr(schema))
    return schema
