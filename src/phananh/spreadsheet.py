"""Cells of CSV that people open in a spreadsheet: a text that looks like a formula stays a text.

A spreadsheet computes a cell that begins with = + - @, even if a stranger wrote it into a form. So
such a cell gets an apostrophe, as people type it. Where lists are separated by semicolons, as in
Vietnam, a spreadsheet cuts the line there and at a line break in spite of the quotes around a cell,
so what follows gets one too. An apostrophe that was there before gets another, so that what is
read back is what was written.
"""

import re

# The wide forms too, which some editions take for the others.
_SIGNS = "[=+\\-@\uff1d\uff0b\uff0d\uff20]"
_COMPUTED = rf"'*[\s\"]*?(?:{_SIGNS}|[\t\r\n])"
_BEFORE = re.compile(rf"(^|[;\r\n])(?={_COMPUTED})")
_MARKED = re.compile(rf"(^|[;\r\n])'(?={_COMPUTED})")


def to_text_cell(text: str) -> str:
    """Return a text as a cell that no spreadsheet computes.

    >>> to_text_cell("+84 218 3831022"), to_text_cell("0218 3831022")
    ("'+84 218 3831022", '0218 3831022')
    >>> to_text_cell("Lan;=1+1")
    "Lan;'=1+1"
    """
    return _BEFORE.sub(r"\1'", text)


def read_text_cell(cell: str) -> str:
    """Return the text that `to_text_cell` made a cell of, and any other cell as it is.

    >>> read_text_cell("'+84 218 3831022"), read_text_cell("'t Hooft")
    ('+84 218 3831022', "'t Hooft")
    """
    return _MARKED.sub(r"\1", cell)
