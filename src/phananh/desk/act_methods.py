"""One method per act, which builds the act and hands it to `do` (Art. 7-10, 16.1)."""

from collections.abc import Iterable
from datetime import datetime

import attrs

from phananh.desk.core import DeskCore
from phananh.regulation import acts as a
from phananh.regulation.case import Case
from phananh.regulation.request import (
    Accused,
    Assignee,
    Channel,
    ChannelSlug,
    Kind,
    KindSlug,
    Person,
    Reason,
    ReasonSlug,
    Sender,
)


@attrs.frozen(kw_only=True)
class ActMethods(DeskCore):
    """The acts by name. The arguments are those of the act's class.

    Every method returns the case as it is after the act.

    Args of every method:
        case: a `Case` as you saw it, or an id or tracking code, which is loaded afresh.
        by: the person who acts.
        command_id: the caller's name for this act, 1 to 300 characters, such as a random value of
            the form. If you send it again, the first result comes back.
        expected: beside an id or code, the `version` that you saw, such as that of the form. If
            another version is stored, ConflictError is raised, whatever was recorded since.

    Raises, of every method, before anything is recorded:
        NotFoundError: no such case. StepNotAllowedError: no such step from its state.
        RefusedError: not for this person, or not now, with every reason.
        ConflictError: an act was recorded since the `Case`, or the version expected, was seen.
        InputError: a value makes no sense. CommandReusedError: the id names another act.

    And StoreError: perhaps recorded. The same call with the same `command_id` settles it.
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
            content: the text of the request, at most 20,000 characters.
            by: an operator, or except by phone the citizen, who can complete and rate the case
                later under the same id.
            sender: name and contact.
            accused: the people that the report on conduct is about (Art. 8.1.c2).
            about_unit: the unit that it is about.
            language: a tag such as "vi".
            command_id: the caller's name for this act.
            at: when it came, for imports. Leave it out in a portal.

        Raises:
            RefusedError, InputError, CommandReusedError: no act was recorded.
            StoreError: perhaps recorded. The same command_id settles it.
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
        """Complete a case with unclear or missing values, at least one (Art. 10.2.a).

        Args:
            case: the case, in any open state.
            by: an operator, or the citizen who sent it.
            content: the full new text, which replaces the old one. Like `kind`, it can be given
                only until the case is handed on. A `note` adds to it later.
            sender: the name and contact given here replace those known.
            kind, accused, about_unit, language: corrections, by the operator only. Once the case
                was handed on, `accused` are added to those known (R39).
            command_id: the caller's name for this act.
            at: when, for imports. Leave it out in a portal.

        Raises:
            InputError: no new value is given. And what every method raises.
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

        By an operator, the sender, the holder of the case, or the leadership, while it is open.
        """
        return self.do(case, a.Note(text=text, by=by), command_id=command_id, expected=expected)

    def reject(
        self, case: Case | str, *, reasons: Iterable[Reason | ReasonSlug], guidance: str,
        by: Person, command_id: str | None = None, expected: int | None = None,
    ) -> Case:  # fmt: skip
        """Refuse at intake, with every reason and where to go instead (Art. 7.2).

        `reasons` are slugs of `Desk.unmet`, such as "unclear". The sender receives `guidance`.
        """
        act = a.Reject(reasons=reasons, guidance=guidance, by=by)
        return self.do(case, act, command_id=command_id, expected=expected)

    def answer(
        self, case: Case | str, *, text: str, by: Person, documents: Iterable[str] = (),
        command_id: str | None = None, expected: int | None = None,
    ) -> Case:  # fmt: skip
        """Answer the citizen (Art. 8.1, 8.2.b).

        `documents` are names, not files.
        """
        act = a.Answer(text=text, documents=documents, by=by)
        return self.do(case, act, command_id=command_id, expected=expected)

    def escalate(
        self, case: Case | str, *, to: Person, by: Person, command_id: str | None = None,
        expected: int | None = None,
    ) -> Case:  # fmt: skip
        """Pass on to officer, provider or leadership, by the role of `to` (Art. 8.1.b, 8.2.a, 8.3).

        Refused while the contact that the rules require is missing (Art. 3.5, 6.c, R42).
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

        `agency` is a unit, `focal` the id of its focal point, if known. `appointment` is an aware
        datetime, later than now.
        """
        act = a.RequestVerification(agency=agency, appointment=appointment, focal=focal, by=by)
        return self.do(case, act, command_id=command_id, expected=expected)

    def report_findings(
        self, case: Case | str, *, text: str, by: Person, command_id: str | None = None,
        expected: int | None = None,
    ) -> Case:  # fmt: skip
        """Report the findings of the agency to the officer (Art. 8.1.c1)."""
        return self.do(
            case, a.ReportFindings(text=text, by=by), command_id=command_id, expected=expected
        )

    def reschedule(
        self, case: Case | str, *, to: datetime, reason: str, by: Person,
        command_id: str | None = None, expected: int | None = None,
    ) -> Case:  # fmt: skip
        """Give the citizen a later time once, before the limit has run out (Art. 9.3).

        `to` is an aware datetime later than the limit. `reason` has at most 2,000 characters.
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

        `unit` is that of somebody in `accused`, or the `about_unit`. The case is a report on
        conduct, or accuses somebody, and is open, answered or closed. `text` must not name the
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
        """Close a case that was answered or rejected (Art. 8.1.a, 7.2)."""
        return self.do(case, a.Close(by=by), command_id=command_id, expected=expected)

    def publish(
        self, case: Case | str, *, text: str, by: Person, command_id: str | None = None,
        expected: int | None = None,
    ) -> Case:  # fmt: skip
        """Make a result public (Art. 2.2, 10.2.b).

        `text` must name neither sender nor accused.
        """
        return self.do(case, a.Publish(text=text, by=by), command_id=command_id, expected=expected)

    def commend(
        self, case: Case | str, *, text: str, by: Person, command_id: str | None = None,
        expected: int | None = None,
    ) -> Case:  # fmt: skip
        """Propose to commend the sender (Art. 16.1.p2).

        By the head of a unit that handled the case, or by the leadership if no unit did.
        """
        return self.do(case, a.Commend(text=text, by=by), command_id=command_id, expected=expected)

    def rate(
        self, case: Case | str, *, score: int, by: Person, command_id: str | None = None,
        expected: int | None = None,
    ) -> Case:  # fmt: skip
        """Record how satisfied the citizen is, a whole `score` from 1 to 5 (Art. 10.2.c)."""
        return self.do(case, a.Rate(score=score, by=by), command_id=command_id, expected=expected)
