"""The texts of the command line: by code, Vietnamese and English side by side.

Each group of commands has its table, `code: (Vietnamese, English)`. Texts of several commands have
one of their own. Both sentences take the same facts, as a test checks.
"""

from phananh.cli.catalogue.app import APP
from phananh.cli.catalogue.calendar import CALENDAR
from phananh.cli.catalogue.cases import CASES
from phananh.cli.catalogue.column_heads import HEADS
from phananh.cli.catalogue.db import DB
from phananh.cli.catalogue.demo import DEMO
from phananh.cli.catalogue.doctor import DOCTOR
from phananh.cli.catalogue.due import DUE
from phananh.cli.catalogue.files import FILES
from phananh.cli.catalogue.hours import HOURS
from phananh.cli.catalogue.limits import LIMITS
from phananh.cli.catalogue.notices import NOTICES
from phananh.cli.catalogue.recalculate import RECALCULATE
from phananh.cli.catalogue.regulation import REGULATION
from phananh.cli.catalogue.replay import REPLAY
from phananh.cli.catalogue.typed import TYPED
from phananh.cli.catalogue.usage import USAGE
from phananh.cli.escaping import escape_control
from phananh.messages.message import put_in

TABLES: tuple[dict[str, tuple[str, str]], ...] = (
    APP, CALENDAR, CASES, DB, DEMO, DOCTOR, DUE, FILES, HEADS, HOURS, LIMITS, NOTICES,
    RECALCULATE, REGULATION, REPLAY, TYPED, USAGE,
)  # fmt: skip
SENTENCES: dict[str, tuple[str, str]] = {
    code: pair for table in TABLES for code, pair in table.items()
}


def sentence(code: str, lang: str, **facts: object) -> str:
    """Return the sentence of a code in `vi` or `en`, its facts put in and made visible."""
    if code not in SENTENCES:
        raise LookupError(f"no sentence for {code!r}: add it to a table in cli/catalogue/")
    vi, en = SENTENCES[code]
    return escape_control(put_in(vi if lang == "vi" else en, facts, lang))
