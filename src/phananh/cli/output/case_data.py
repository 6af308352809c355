"""The state of a case as data: its index row, and the doubts about its limits."""

from datetime import timedelta
from typing import Any

from phananh.cli.output.deadline_texts import DeadlineTexts
from phananh.regulation.case import Case, LapseRecord
from phananh.regulation.case_deadline import find_deadline, find_running
from phananh.stores.index_row import make_index_row

# Which act leads to which event, for their words.
TRIGGERS = {
    "Received": "receive",
    "Completed": "complete",
    "Noted": "note",
    "Rejected": "reject",
    "Answered": "answer",
    "Escalated": "escalate",
    "Advised": "advise",
    "VerificationRequested": "request_verification",
    "FindingsReported": "report_findings",
    "Rescheduled": "reschedule",
    "DeadlineMoved": "move_deadline",
    "Lapsed": "lapse",
    "Reassigned": "reassign",
    "UnitNotified": "notify_unit",
    "Closed": "close",
    "Published": "publish",
    "Commended": "commend",
    "Rated": "rate",
}
# What a list shows of a case, as its row has it; what is said of a limit comes beside.
_SHOWN = (
    "case", "state", "holder", "holder_id", "unit", "kind", "channel", "received_at", "since",
    "updated_at", "due",
)  # fmt: skip


def case_to_plain(
    case: Case,
    cautions: tuple[str, ...],
    texts: DeadlineTexts,
) -> dict[str, Any]:
    """Return the state of a case, without the names of people outside the offices.

    `clock` of a lapse is the event that opened the limit. `provisional` says that a notice can
    still move it, and so the lateness. `over_us` is how late it was when the case left that stage
    (`ended_at`), or is by now, in microseconds of working time.
    """
    plain, runs = make_index_row(case).as_dict(), find_running(case)
    return {
        **{name: plain[name] for name in _SHOWN},
        "provisional": runs is not None and texts.is_provisional(runs, case),
        "late": plain["late"],
        "lapses": [_lapse_to_plain(case, lapse, texts) for lapse in case.lapses],
        "cautions": list(cautions),
    }


def _lapse_to_plain(case: Case, lapse: LapseRecord, texts: DeadlineTexts) -> dict[str, Any]:
    limit, over = find_deadline(case, lapse), texts.count_over(lapse, case)
    plain = lapse.as_dict()
    clock = plain.pop("opened_by")
    return {
        **plain,
        "clock": clock,
        "article": limit.deadline.article if limit else None,
        "provisional": limit is not None and texts.is_provisional(limit, case),
        "over_us": None if over is None else over // timedelta.resolution,
    }
