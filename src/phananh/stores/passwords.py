"""Passwords in addresses of databases: wherever an address is repeated, none is shown."""

import re

HIDDEN = "***"
# Up to the last @ of the word, as a password may hold one that nobody escaped. The scheme may be
# missing, or mistyped.
_IN_URL = re.compile(r"""(?<![^\s:/@?#'"])([^\s:/@?#'"]*:)(?!//)\S*@""")
# What follows # belongs to no address, but drivers take it for a part of the database's name.
_BEHIND_HASH = re.compile(r"""((?:(?<!sqlite:)(?<!/)//|['"])[^\s'"#]*#)[^\s'"]+""")
_BY_NAME = re.compile(
    r"""\b((?:ssl)?password|passwd|pwd)(\s*=\s*)('(?:\\.|[^'\\])*'?|[^\s&;'"]+)""", re.IGNORECASE
)
_BEFORE_AT = re.compile(r"""[^\s'"]*@""")  # in the name of a host: the rest of a split password


def hide_passwords(text: str) -> str:
    """Return a text in which the passwords of URLs and of connection strings read as `***`."""
    return _BEHIND_HASH.sub(
        rf"\1{HIDDEN}", _IN_URL.sub(rf"\1{HIDDEN}@", _BY_NAME.sub(rf"\1\2{HIDDEN}", text))
    )


def tell(error: object) -> str:
    """Return the words of a driver about a connection in one line, without a password."""
    return _BEFORE_AT.sub("", hide_passwords(" ".join(str(error).split())))[:300]
