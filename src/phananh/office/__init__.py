"""What an office does with its cases: reports, letters, messages and registers.

It stands on a desk and its store, and knows no web. Each part is a file of its own, and loads the
extra that it needs when it is used. A name is loaded at its first use.
"""

from typing import TYPE_CHECKING

from phananh.lazy import make_getattr

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

_NAMES = {
    "phananh.desk.inbox": ("list_readable", "make_row"),
    "phananh.office.conduct": ("list_conduct",),
    "phananh.office.delays": ("Delay", "measure_delays"),
    "phananh.office.directory": ("Directory",),
    "phananh.office.letters": ("Letter", "Letterhead", "Letters"),
    "phananh.office.procedures": ("Procedures",),
    "phananh.office.publication": ("list_publications", "propose_publication"),
    "phananh.office.related": ("find_related",),
    "phananh.office.report": ("Report", "make_report"),
    "phananh.office.report_sheet": ("ReportSheet",),
    "phananh.office.signatures": (
        "SignatureReport",
        "describe_document",
        "findings_are_signed",
        "verify_pdf",
    ),
    "phananh.office.worker": ("Worker",),
}

if not TYPE_CHECKING:  # a type checker would take any name at all for known
    __getattr__ = make_getattr(globals(), _NAMES)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
