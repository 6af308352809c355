"""One method an act, each of which only builds the act and hands it to `do` (Art. 7-10, 16.1)."""

from collections.abc import Iterable
from datetime import datetime

import attrs

from phananh.desk.core import DeskCore
from phananh.regulation.case import Case
from phananh.regulation.values import acts as a
from phananh.regulation.values.request import (
    Accused,
    Assignee,
    Channel,
    Kind,
    Person,
    Reason,
    Sender,
)
from phananh.regulation.values.slugs import ChannelSlug, KindSlug, ReasonSlug


@attrs.frozen(kw_only=True)
class ActMethods(DeskCore):
    """The acts by name; the arguments are those of the act's class.

    Every method returns the case as it then is.

    Args of every method:
        case: a `Case` as it was seen, or an id or tracking code, which is loaded afresh.
        by: who acts.
        command_id: the caller's name for this act, 1 to 300 characters, such as a random value
            of the form: sent again, the first result comes back.
        expected: beside an id or code, the `version` that was seen, such as that of the form.
            Another one stored is a ConflictError, whatever was recorded since.

    Raises, of every method, before anything is recorded:
        NotFoundError: no such case. StepNotAllowedError: no such step from its state.
        RefusedError: not for this person, or not now; with every reason.
        ConflictError: somebody recorded since the `Case`, or the version expected, was seen.
        InputError: a value makes no sense. CommandReusedError: the id names another act.

    And StoreError: perhaps recorded; the same call with the same `command_id` settles it.
    """

    def receive(
        self, *, kind: Kind | KindSlug, channel: Channel | ChannelSlug, content: str, by: Person,
        sender: Sender | None = None, accused: Iterable[Accused] = (),
        about_unit: str | None = None, language: str = "vi", command_id: str | None = None,
        at: datetime | None = None,
    ) -> Case:  # fmt: skip
        """Take a question, report or proposal (Art. 7.1).

        Args:
            kind: a `Kind`, or its slug such as "information".
            channel: a `Channel`, or its slug such as "phone".
            content: what is asked, at most 20,000 characters.
            by: an operator; or, but by phone, the citizen, whose id completes and rates it then.
            sender: name and contact.
            accused: whose conduct is reported (Art. 8.1.c2).
            about_unit: the unit that it is about.
            language: a tag such as "vi".
            command_id: the caller's name for this act.
            at: when it came, for imports; leave it out in a portal.

        Raises:
            RefusedError, InputError, CommandReusedError: nothing was recorded.
            StoreError: perhaps recorded; the same command_id settles it.
        """
        act = a.Receive(
            kind=kind,
            channel=channel,
            content=content,
            by=by,
            sender=Sender() if sender is None else sender,
            accused=accused,
            about_unit=about_unit,
            language=language,
            at=at,
        )
        return self.do(None, act, command_id=command_id)

    def complete(
        self, case: Case | str, *, by: Person, content: str | None = None,
        sender: Sender | None = None, kind: Kind | KindSlug | None = None,
        accused: Iterable[Accused] | None = None, about_unit: str | None = None,
        language: str | None = None, command_id: str | None = None, expected: int | None = None,
        at: datetime | None = None,
    ) -> Case:  # fmt: skip
        """Add what was unclear or missing, one thing at least (Art. 10.2.a).

        Args:
            case: the case, in any open state.
            by: an operator, or the citizen who sent it.
            content: the whole of it, in place of what was there; like `kind` only until the case
                is handed on, as a `note` adds to it later.
            sender: what is given of name and contact replaces what was there.
            kind, accused, about_unit, language: put right, by the operator only. Once the case
                was handed on, `accused` are added to those known (R39).
            command_id: the caller's name for this act.
            at: when, for imports; leave it out in a portal.

        Raises:
            InputError: nothing is added. And what every method raises.
        """
        act = a.Complete(
            by=by,
            content=content,
            sender=sender,
            kind=kind,
            accused=accused,
            about_unit=about_unit,
            language=language,
            at=at,
        )
        return self.do(case, act, command_id=command_id, expected=expected)

    def note(
        self, case: Case | str, *, text: str, by: Person, command_id: str | None = None,
        expected: int | None = None,
    ) -> Case:  # fmt: skip
        """Append a new fact or an interim word, which moves no deadline (Art. 10.2.a, 8.2.b).

        By an operator, the sender, whoever the case lies with, or the leadership, while it is open.
        """
        return self.do(case, a.Note(text=text, by=by), command_id=command_id, expected=expected)

    def reject(
        self, case: Case | str, *, reasons: Iterable[Reason | ReasonSlug], guidance: str,
        by: Person, command_id: str | None = None, expected: int | None = None,
    ) -> Case:  # fmt: skip
        """Refuse at intake, with every reason and where to go instead (Art. 7.2).

        `reasons` are slugs of `Desk.unmet`, such as "unclear"; `guidance` goes to the sender.
        """
        act = a.Reject(reasons=reasons, guidance=guidance, by=by)
        return self.do(case, act, command_id=command_id, expected=expected)

    def answer(
        self, case: Case | str, *, text: str, by: Person, documents: Iterable[str] = (),
        command_id: str | None = None, expected: int | None = None,
    ) -> Case:  # fmt: skip
        """Answer the citizen (Art. 8.1, 8.2.b); `documents` are names, not files."""
        act = a.Answer(text=text, documents=documents, by=by)
        return self.do(case, act, command_id=command_id, expected=expected)

    def escalate(
        self, case: Case | str, *, to: Person, by: Person, command_id: str | None = None,
        expected: int | None = None,
    ) -> Case:  # fmt: skip
        """Pass on to officer, provider or leadership: the role of `to` (Art. 8.1.b, 8.2.a, 8.3).

        Refused while the contact that the rules require is missing (Art. 3.5, 6.c; R42).
        """
        return self.do(case, a.Escalate(to=to, by=by), command_id=command_id, expected=expected)

    def advise(
        self, case: Case | str, *, text: str, within_competence: bool, by: Person,
        command_id: str | None = None, expected: int | None = None,
    ) -> Case:  # fmt: skip
        """Give the leadership's opinion, and whether the matter is within competence (Art. 8.3).

        Only after a "no" can the operator refuse it as `out_of_competence` (R43).
        """
        act = a.Advise(text=text, within_competence=within_competence, by=by)
        return self.do(case, act, command_id=command_id, expected=expected)

    def request_verification(
        self, case: Case | str, *, agency: str, appointment: datetime, by: Person,
        focal: str | None = None, command_id: str | None = None, expected: int | None = None,
    ) -> Case:  # fmt: skip
        """Ask an agency, and tell the citizen a time (Art. 8.1.c1).

        `agency` is a unit, `focal` the id of its focal point, where known; `appointment` is an
        aware datetime, later than now.
        """
        act = a.RequestVerification(agency=agency, appointment=appointment, focal=focal, by=by)
        return self.do(case, act, command_id=command_id, expected=expected)

    def report_findings(
        self, case: Case | str, *, text: str, by: Person, command_id: str | None = None,
        expected: int | None = None,
    ) -> Case:  # fmt: skip
        """Report what the agency found to the officer (Art. 8.1.c1)."""
        return self.do(
            case, a.ReportFindings(text=text, by=by), command_id=command_id, expected=expected
        )

    def reschedule(
        self, case: Case | str, *, to: datetime, reason: str, by: Person,
        command_id: str | None = None, expected: int | None = None,
    ) -> Case:  # fmt: skip
        """Put the citizen off once, while it is in time (Art. 9.3).

        `to` is an aware datetime later than the limit; `reason` at most 2,000 characters.
        """
        return self.do(
            case,
            a.Reschedule(to=to, reason=reason, by=by),
            command_id=command_id,
            expected=expected,
        )

    def reassign(
        self, case: Case | str, *, to: Assignee, by: Person, command_id: str | None = None,
        expected: int | None = None,
    ) -> Case:  # fmt: skip
        """Name another person of the unit (Art. 8.1.c2)."""
        return self.do(case, a.Reassign(to=to, by=by), command_id=command_id, expected=expected)

    def notify_unit(
        self, case: Case | str, *, unit: str, by: Person, text: str | None = None,
        command_id: str | None = None, expected: int | None = None,
    ) -> Case:  # fmt: skip
        """Tell the accused's unit, and ask for another person (Art. 8.1.c2).

        `unit` is that of somebody in `accused`, or the `about_unit`; the case is a report on
        conduct, or accuses somebody, and is open, answered or closed. `text` never names the
        sender (R40).
        """
        return self.do(
            case,
            a.NotifyUnit(unit=unit, text=text, by=by),
            command_id=command_id,
            expected=expected,
        )

    def close(
        self, case: Case | str, *, by: Person, command_id: str | None = None,
        expected: int | None = None,
    ) -> Case:  # fmt: skip
        """Close what was answered or rejected (Art. 8.1.a, 7.2)."""
        return self.do(case, a.Close(by=by), command_id=command_id, expected=expected)

    def publish(
        self, case: Case | str, *, text: str, by: Person, command_id: str | None = None,
        expected: int | None = None,
    ) -> Case:  # fmt: skip
        """Make a result public; `text` names neither sender nor accused (Art. 2.2, 10.2.b)."""
        return self.do(case, a.Publish(text=text, by=by), command_id=command_id, expected=expected)

    def commend(
        self, case: Case | str, *, text: str, by: Person, command_id: str | None = None,
        expected: int | None = None,
    ) -> Case:  # fmt: skip
        """Propose to commend the sender (Art. 16.1.p2).

        By the head of a unit that handled the case; by the leadership where none did.
        """
        return self.do(case, a.Commend(text=text, by=by), command_id=command_id, expected=expected)

    def rate(
        self, case: Case | str, *, score: int, by: Person, command_id: str | None = None,
        expected: int | None = None,
    ) -> Case:  # fmt: skip
        """Record how satisfied the citizen is, a whole `score` from 1 to 5 (Art. 10.2.c)."""
        return self.do(case, a.Rate(score=score, by=by), command_id=command_id, expected=expected)
