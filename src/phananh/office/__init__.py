"""What an office does with its cases: reports, letters, messages and registers.

It stands on a desk and its store, and knows no web. Each part is a file of its own, and loads the
extra that it needs when it is used. A name is loaded at its first use.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phananh.desk.inbox import list_readable, make_row
    from phananh.office.conduct import list_conduct
    from phananh.office.delays import Delay, measure_delays
    from phananh.office.directory import Directory
    from phananh.office.letters import Letter, Letterhead, Letters
    from phananh.office.procedures import Procedures
    from phananh.office.publication import list_publications, propose_publication
    from phananh.office.related import find_related
    from phananh.office.report import Report, make_report
    from phananh.office.report_sheet import ReportSheet
    from phananh.office.signatures import (
        SignatureReport,
        describe_document,
        findings_are_signed,
        verify_pdf,
    )
    from phananh.office.worker import Worker

__all__ = [
    "Delay",
    "Directory",
    "Letter",
    "Letterhead",
    "Letters",
    "Procedures",
    "Report",
    "ReportSheet",
    "SignatureReport",
    "Worker",
    "describe_document",
    "find_related",
    "findings_are_signed",
    "list_conduct",
    "list_publications",
    "list_readable",
    "make_report",
    "make_row",
    "measure_delays",
    "propose_publication",
    "verify_pdf",
]

_HOMES = {
    "Delay": "phananh.office.delays",
    "Directory": "phananh.office.directory",
    "Letter": "phananh.office.letters",
    "Letterhead": "phananh.office.letters",
    "Letters": "phananh.office.letters",
    "Procedures": "phananh.office.procedures",
    "Report": "phananh.office.report",
    "ReportSheet": "phananh.office.report_sheet",
    "SignatureReport": "phananh.office.signatures",
    "Worker": "phananh.office.worker",
    "describe_document": "phananh.office.signatures",
    "find_related": "phananh.office.related",
    "findings_are_signed": "phananh.office.signatures",
    "list_conduct": "phananh.office.conduct",
    "list_publications": "phananh.office.publication",
    "list_readable": "phananh.desk.inbox",
    "make_report": "phananh.office.report",
    "make_row": "phananh.desk.inbox",
    "measure_delays": "phananh.office.delays",
    "propose_publication": "phananh.office.publication",
    "verify_pdf": "phananh.office.signatures",
}

if not TYPE_CHECKING:  # a type checker would take any name at all for known

    def __getattr__(name: str) -> object:
        """Load a public name from its home, once."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_HOMES[name]), name)
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
