"""The refusals that waiting does not fix, each with a way out of its own.

If a connection was refused, a driver has no SQLSTATE, only the server's words. They are read in
English: in another language the connection is tried again until the time is over.
"""

import re

from phananh.stores.passwords import hide_passwords

LASTING = ("login_refused", "database_missing", "rights_missing", "schema_missing")
_STATES = {
    "28000": "login_refused",
    "28P01": "login_refused",
    "3D000": "database_missing",
    "3F000": "schema_missing",
    "42501": "rights_missing",
}
_WORDS = (
    (re.compile("authentication failed|no pg_hba.conf entry|role .+ does not exist"), "28000"),
    (re.compile("no password supplied|is not permitted to log in"), "28000"),
    (re.compile("database .+ does not exist"), "3D000"),
    (re.compile("permission denied for database"), "42501"),
)
_BEFORE_AT = re.compile(r"""[^\s'"]*@""")  # in the name of a host: the rest of a split password
_LONGEST = 300


def find_refusal(error: BaseException) -> str | None:
    """Return the code of a refusal by PostgreSQL that lasts, or None."""
    state: str | None = getattr(error, "sqlstate", None)
    if state is None:
        said = str(error)
        state = next((known for words, known in _WORDS if words.search(said)), None)
    return _STATES.get(state or "")


def tell(error: object) -> str:
    """Return the words of a driver about a connection in one line, without a password."""
    said = " ".join(str(error).split())
    return _BEFORE_AT.sub("", hide_passwords(said))[:_LONGEST]
