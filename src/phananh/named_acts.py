"""One method an act, each of which only builds the act and hands it to `do` (Art. 7-10, 16.1)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from phananh.regulation import acts as a
from phananh.regulation.case import Case
from phananh.regulation.request import Assignee, Channel, Kind, Person, Sender


class NamedActs:
    """The acts by name, for whatever has a `do`; the arguments are those of the act's class.

    Every method takes the case (a Case, an id or a tracking code) and an optional
    `command_id`, returns the case as it then is, and raises what `Desk.do` raises.
    """

    __slots__ = ()

    def do(self, case: Case | str | None, act: a.Act, *, command_id: str | None = None) -> Case:
        """Ask the Regulation for `act`, record what it allows, return the new case."""
        raise NotImplementedError

    def receive(
        self,
        *,
        kind: Kind | str,
        channel: Channel | str,
        content: str,
        by: Person,
        sender: Sender | None = None,
        command_id: str | None = None,
        **more: Any,
    ) -> Case:
        """Take a question, report or proposal (Art. 7.1); see `acts.Receive`."""
        act = a.Receive(
            kind=kind, channel=channel, content=content, by=by, sender=sender or Sender(), **more
        )
        return self.do(None, act, command_id=command_id)

    def complete(
        self, case: Case | str, *, by: Person, command_id: str | None = None, **given: Any
    ) -> Case:
        """Add what was unclear or missing (Art. 10.2.a); see `acts.Complete`."""
        return self.do(case, a.Complete(by=by, **given), command_id=command_id)

    def reject(
        self,
        case: Case | str,
        *,
        reasons: Iterable[str],
        guidance: str,
        by: Person,
        command_id: str | None = None,
    ) -> Case:
        """Refuse at intake, with every reason and where to go instead (Art. 7.2)."""
        act = a.Reject(reasons=reasons, guidance=guidance, by=by)
        return self.do(case, act, command_id=command_id)

    def answer(
        self,
        case: Case | str,
        *,
        text: str,
        by: Person,
        documents: Iterable[str] = (),
        command_id: str | None = None,
    ) -> Case:
        """Answer the citizen (Art. 8.1, 8.2.b)."""
        act = a.Answer(text=text, documents=documents, by=by)
        return self.do(case, act, command_id=command_id)

    def escalate(
        self, case: Case | str, *, to: Person, by: Person, command_id: str | None = None
    ) -> Case:
        """Pass on to officer, provider or leadership (Art. 8.1.b, 8.2.a, 8.3)."""
        return self.do(case, a.Escalate(to=to, by=by), command_id=command_id)

    def advise(
        self, case: Case | str, *, text: str, by: Person, command_id: str | None = None
    ) -> Case:
        """Give the leadership's opinion (Art. 8.3)."""
        return self.do(case, a.Advise(text=text, by=by), command_id=command_id)

    def request_verification(
        self,
        case: Case | str,
        *,
        agency: str,
        appointment: datetime,
        by: Person,
        focal: str | None = None,
        command_id: str | None = None,
    ) -> Case:
        """Ask an agency, and tell the citizen a time (Art. 8.1.c1)."""
        act = a.RequestVerification(agency=agency, appointment=appointment, focal=focal, by=by)
        return self.do(case, act, command_id=command_id)

    def report_findings(
        self, case: Case | str, *, text: str, by: Person, command_id: str | None = None
    ) -> Case:
        """Report what the agency found to the officer (Art. 8.1.c1)."""
        return self.do(case, a.ReportFindings(text=text, by=by), command_id=command_id)

    def reschedule(
        self,
        case: Case | str,
        *,
        to: datetime,
        reason: str,
        by: Person,
        command_id: str | None = None,
    ) -> Case:
        """Put the citizen off to a later time: once (Art. 9.3)."""
        return self.do(case, a.Reschedule(to=to, reason=reason, by=by), command_id=command_id)

    def reassign(
        self, case: Case | str, *, to: Assignee, by: Person, command_id: str | None = None
    ) -> Case:
        """Name another person of the unit (Art. 8.1.c2)."""
        return self.do(case, a.Reassign(to=to, by=by), command_id=command_id)

    def notify_unit(
        self,
        case: Case | str,
        *,
        unit: str,
        by: Person,
        text: str | None = None,
        command_id: str | None = None,
    ) -> Case:
        """Tell the accused's unit, and ask for another person (Art. 8.1.c2)."""
        return self.do(case, a.NotifyUnit(unit=unit, text=text, by=by), command_id=command_id)

    def close(self, case: Case | str, *, by: Person, command_id: str | None = None) -> Case:
        """Close what was answered or refused (Art. 8.1.a, 7.2)."""
        return self.do(case, a.Close(by=by), command_id=command_id)

    def publish(
        self, case: Case | str, *, text: str, by: Person, command_id: str | None = None
    ) -> Case:
        """Make a redacted result public (Art. 2.2, 10.2.b)."""
        return self.do(case, a.Publish(text=text, by=by), command_id=command_id)

    def commend(
        self, case: Case | str, *, text: str, by: Person, command_id: str | None = None
    ) -> Case:
        """Propose to commend the sender (Art. 16.1.p2)."""
        return self.do(case, a.Commend(text=text, by=by), command_id=command_id)

    def rate(
        self, case: Case | str, *, score: int, by: Person, command_id: str | None = None
    ) -> Case:
        """Record how satisfied the citizen is (Art. 10.2.c)."""
        return self.do(case, a.Rate(score=score, by=by), command_id=command_id)
