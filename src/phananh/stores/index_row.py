"""The index row of a case: what lists, the sweep and reports read without a history."""

from phananh.regulation.case import Case
from phananh.stores.base import IndexRow


def make_index_row(case: Case) -> IndexRow:
    """Return the row that lists show of `case`, as of its version (Art. 9.1, 9.2)."""
    holder, is_open = case.holder, case.is_open
    clock = case.clock if is_open else None
    deadline = case.deadline if clock else None
    return IndexRow(
        case=case.id,
        version=case.version,
        state=case.state,
        holder=holder.role if holder else None,
        holder_id=holder.id if holder else None,
        unit=holder.unit if holder else None,
        kind=case.kind,
        channel=case.channel,
        received_at=case.received_at,
        since=case.since,
        updated_at=case.updated_at,
        due=clock.due if clock else None,
        is_open=is_open,
        late=case.is_late,
        code=case.code_digest,
        rules=case.rules,
        calendar=deadline.calendar if deadline else None,
        calendar_version=deadline.version if deadline else None,
    )
