"""What must hold of what is handed on, noted and proposed: more invariants, V36 to V39."""

from phananh.regulation import events as e
from tests.regulation.clocks import plain


def handed_on_with_contact(was, event, history, now, case) -> bool:
    """V36, 3.5, 6.c, R42: what is handed on has a name and one way to reply."""
    sender = was.case.sender
    reachable = sender.address or sender.phone or sender.email
    return not isinstance(event, e.Escalated) or bool(sender.name and reachable)


def handed_on_for_good(was, event, history, now, case) -> bool:
    """V37, 10.2.a, R39: then content and kind stay, and whoever is accused stays accused."""
    if not any(isinstance(past, e.Escalated) for past in history):
        return True
    in_hand = was.case.state.value != "received"
    same = (case.kind, case.content) == (was.case.kind, was.case.content)
    return set(was.case.accused) <= set(case.accused) and (same or not in_hand)


def notes_move_nothing(was, event, history, now, case) -> bool:
    """V38, 10.2.a: a note, and what is completed, leave state, holder and clock as they were."""
    if not isinstance(event, e.Noted | e.Completed):
        return True
    before = was.case
    return (case.state, case.holder, case.clock) == (before.state, before.holder, before.clock)


def proposed_by_who_handled(was, event, history, now, case) -> bool:
    """V39, 16.1: the head of a unit that handled it proposes; the leadership where none did."""
    if not isinstance(event, e.Commended):
        return True
    handlers = {"officer", "provider", "agency"}
    holders = [past.holder for past in history if past.holder and past.holder.role in handlers]
    units = {plain(holder.unit) for holder in holders if holder.unit}
    if event.by.role.value == "leadership":
        return not units
    return event.by.role.value == "agency_head" and plain(event.by.unit) in units
