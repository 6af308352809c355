"""Cells of CSV that people open in a spreadsheet: a text that looks like a formula stays a text.

A spreadsheet computes a cell that begins with = + - @, even if a stranger wrote it into a form. So
such a cell gets an apostrophe, as people type it. A cell that begins with an apostrophe before
such a character gets one too, so that what is read back is what was written.
"""

import re

# The wide forms too, which some editions take for the others.
_SIGNS = "[=+\\-@\uff1d\uff0b\uff0d\uff20]"
_COMPUTED = re.compile(rf"'*(?:\s*{_SIGNS}|\s*[\t\r\n])")


def to_text_cell(text: str) -> str:
    """Return a text as a cell that no spreadsheet computes.

    >>> to_text_cell("+84 218 3831022"), to_text_cell("0218 3831022")
    ("'+84 218 3831022", '0218 3831022')
    """
    return f"'{text}" if _COMPUTED.match(text) else text


def read_text_cell(cell: str) -> str:
    """Return the text that `to_text_cell` made a cell of, and any other cell as it is.

    >>> read_text_cell("'+84 218 3831022"), read_text_cell("'t Hooft")
    ('+84 218 3831022', "'t Hooft")
    """
    return cell[1:] if cell.startswith("'") and _COMPUTED.match(cell) else cell
