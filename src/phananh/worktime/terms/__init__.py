"""Terms in working days, days, weeks, months and years: Civil Code 2015, Art. 144-148.

The classes that explain a term are loaded at their first use, so that counting hours starts fast.
"""

from typing import TYPE_CHECKING

from phananh.worktime.terms.term import Term

if TYPE_CHECKING:
    from phananh.worktime.terms.expiry import Expiry
    from phananh.worktime.terms.steps import DayStep

__all__ = ["DayStep", "Expiry", "Term"]

if not TYPE_CHECKING:  # a type checker would take any name at all for known

    def __getattr__(name: str) -> object:
        """Load an explanation's class from its home, once."""
        if name not in ("DayStep", "Expiry"):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from phananh.worktime.terms.expiry import Expiry
        from phananh.worktime.terms.steps import DayStep

        globals().update(DayStep=DayStep, Expiry=Expiry)
        return globals()[name]
