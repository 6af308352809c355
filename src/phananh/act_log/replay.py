"""Replay of an act log on a desk: you can script, import or test a day at the office.

Every line has one outcome: recorded, refused, not_allowed, conflict or invalid. A line that is
not recorded leaves its case as it was. You can replay a log on the same store again. A line
recorded before gives its first result. Any other is decided on the history as this log had
reached it, so that a second run says what the first did.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from unicodedata import normalize

import attrs

from phananh.act_log.entry import LONGEST_LINE, LONGEST_NAME, Entry, read_entry, read_object
from phananh.act_log.outcome import Outcome
from phananh.act_log.progress import LogProgress, make_key_error
from phananh.desk.desk import Desk
from phananh.errors import (
    CommandReusedError,
    ConflictError,
    CoverageError,
    InputError,
    PhanAnhError,
    Refusal,
    RefusedError,
    StepNotAllowedError,
    short_repr,
)
from phananh.messages.labels import WORDS
from phananh.regulation.acts import Lapse
from phananh.regulation.case import Case, fold
from phananh.regulation.events import Lapsed


@attrs.define
class LogReplay:
    """The lines of one log, done on one desk."""

    desk: Desk
    name: str
    progress: LogProgress = attrs.field(
        init=False, default=attrs.Factory(lambda self: LogProgress(self.desk), takes_self=True)
    )

    def do_line(self, number: int, raw: bytes) -> Outcome:
        """Do the act of a line, and return its outcome."""
        found: dict[str, Any] = {}
        try:
            found = read_object(raw)
            entry = read_entry(found)
            self.progress.check_order(entry)
            self.progress.check_key(entry)
        except InputError as error:
            return self._make_invalid(number, found, error)
        outcome = self._do_entry(number, entry)
        if outcome.outcome != "invalid":
            self.progress.pass_entry(entry)
        return outcome

    def _make_invalid(self, number: int, found: dict[str, Any], error: PhanAnhError) -> Outcome:
        act, name = found.get("act"), found.get("case")
        # No case has a longer name, and to normalize a huge one would take minutes.
        name = normalize("NFC", name[: 4 * LONGEST_NAME]) if isinstance(name, str) else None
        facts = {"problem": str(error), "problem_vi": _name_key(error).text("vi")}
        reason = Refusal(code="invalid", article=error.article, facts=facts)
        return Outcome(
            line=number,
            act=act if isinstance(act, str) else None,
            case=name,
            outcome="invalid",
            after=self._as_of(name, self.progress.last_at),
            reasons=(reason,),
        )

    def _as_of(self, name: str | None, at: datetime | None) -> Case | None:
        """Return the case as of a moment, or None if the log has no such case yet."""
        case = self.progress.find(name)
        if case is None or at is None:
            return None
        try:
            return self.desk.as_of(case, at=max(at, case.updated_at))
        except PhanAnhError:
            return case

    def _command_id(self, number: int, entry: Entry) -> str:
        return f"key:{entry.key}" if entry.key else f"{self.name}:{number}"

    def _do_entry(self, number: int, entry: Entry) -> Outcome:
        try:
            if entry.trigger == "sweep":
                return self._do_sweep(number, entry)
            done = self._record_after_lapse(number, entry)
        except (InputError, CoverageError) as error:
            found = {"act": entry.trigger, "case": entry.case, "at": entry.at}
            return self._make_invalid(number, found, _put_in_log_terms(error, entry))
        except (StepNotAllowedError, RefusedError, ConflictError) as error:
            outcome = _describe_failure(error)
            outcome["after"] = self._as_of(entry.case, entry.at)
        else:  # of an act that was done before this is the first result, however late it is now
            outcome = {"outcome": "recorded", "after": done}
        return Outcome(line=number, act=entry.trigger, case=entry.case, **outcome)

    def _record_after_lapse(self, number: int, entry: Entry) -> Case:
        """Do the act. If another sweep recorded the lapse first, decide after that."""
        try:
            return self._record(number, entry)
        except ConflictError:
            if not self._take_over_lapse(entry.case):
                raise
        return self._record(number, entry)

    def _take_over_lapse(self, name: str | None) -> bool:
        """Take over a lapse if it is the only event recorded since, because it is the same fact."""
        case = self.progress.find(name)
        if name is None or case is None:
            return False
        since = self.progress.events_since(name)
        if len(since) != 1 or not isinstance(since[0], Lapsed):
            return False
        self.progress.advance(name, fold(since, onto=case))
        return True

    def _record(self, number: int, entry: Entry) -> Case:
        """Do the act, store how far the case has come, and return the case after it."""
        assert entry.act is not None  # only a sweep has none
        case = self._find_case(entry)
        command = None if self._is_ahead(case, entry) else self._command_id(number, entry)
        # A key names the act wherever its line is. Without one, the line's time counts too.
        act = entry.act if entry.key else attrs.evolve(entry.act, at=entry.at)
        done = self.desk.do(case, act, command_id=command, at=entry.at, by_code=True)
        self.progress.advance(entry.case or "", done, key=entry.key)
        return done

    def _is_ahead(self, case: Case | None, entry: Entry) -> bool:
        """Return whether what a key names was recorded by a later line, in a run before this.

        Then this line was not recorded, and is decided on the case as it has come so far.
        """
        if case is None or entry.key is None:
            return False
        record = self.desk.store.find_command(f"key:{entry.key}")
        if record is None or record.case != case.id:
            return False
        between = self.desk.history(case)[case.version : record.version - 1]
        return not all(isinstance(event, Lapsed) for event in between)

    def _find_case(self, entry: Entry) -> Case | None:
        """Return the case as this log has reached it, or None for a receipt, which makes it."""
        case = self.progress.find(entry.case)
        if entry.trigger == "receive":
            if case is not None and not self.progress.is_received_by(entry.case or "", entry.key):
                raise InputError(
                    field="case", code="case_received_before", value=short_repr(entry.case)
                )
            return None
        if case is None:
            raise InputError(field="case", code="case_not_received", value=short_repr(entry.case))
        return case

    def _do_sweep(self, number: int, entry: Entry) -> Outcome:
        if entry.key in self.progress.sweeps:
            return attrs.evolve(self.progress.sweeps[entry.key], line=number)
        marked, conflict = self._record_lapses(entry, self._command_id(number, entry))
        outcome = Outcome(
            line=number,
            act="sweep",
            case=None,
            outcome="conflict" if conflict else "recorded",
            reasons=(Refusal(code="conflict", article=None),) if conflict else (),
            lapsed=tuple(name for _, name in sorted(marked)),
        )
        if entry.key is not None and not conflict:
            self.progress.sweeps[entry.key] = outcome
        return outcome

    def _record_lapses(self, entry: Entry, command: str) -> tuple[list[tuple[datetime, str]], bool]:
        """Record every lapse. Return due times and names, and whether another desk was first."""
        marked, conflict = [], False
        for name, case in self.progress.list_late(entry.at):
            try:
                act = Lapse(at=entry.at)
                done = self.desk.do(case, act, command_id=f"{command}/{case.id}")
            except ConflictError:
                conflict = conflict or not self._take_over_lapse(name)
            else:
                self.progress.advance(name, done)
                marked.append((done.lapses[-1].due, name))
        return marked, conflict


def _name_key(error: PhanAnhError) -> PhanAnhError:
    """Return an error that names its key as it is typed, with its Vietnamese name beside it."""
    if not isinstance(error, InputError):
        return error
    words = WORDS["field"].get(error.field)
    return error.of_field(f"{error.field} ({words[0]})") if words else error


def _put_in_log_terms(error: PhanAnhError, entry: Entry) -> PhanAnhError:
    """Return an error in words of the log, which knows lines and keys, and no command ids."""
    if not isinstance(error, CommandReusedError):
        return error
    if entry.key is not None:
        return make_key_error(entry.key)
    return InputError(field="line", code="line_of_another_act")


def _describe_failure(error: StepNotAllowedError | RefusedError | ConflictError) -> dict[str, Any]:
    if isinstance(error, RefusedError):
        return {"outcome": "refused", "reasons": error.refusals}
    if isinstance(error, ConflictError):
        return {"outcome": "conflict", "reasons": (Refusal(code="conflict", article=None),)}
    reason = Refusal(code="no_such_step", article=None, facts={"state": error.state})
    return {"outcome": "not_allowed", "reasons": (reason,), "allowed": error.allowed}


def replay(
    lines: Iterable[bytes | str], *, desk: Desk, name: str, strict: bool = False
) -> Iterator[Outcome]:
    """Do a log's acts on `desk`, line by line, and yield an outcome for each.

    Blank lines and lines that begin with "#" are skipped.

    Args:
        lines: the file's lines as bytes, split at line feeds only. If a line is longer than
            1,000,000 bytes, its first 1,000,001 are enough to refuse it.
        desk: where the acts are done.
        name: the log's base name. With the line number it identifies an act that has no key.
        strict: stop after the first line that is not recorded.

    Raises:
        StoreError: the store failed. Run the log again on the same store to go on.
    """
    log = LogReplay(desk=desk, name=name)
    for number, given in enumerate(lines, start=1):
        raw = given.encode() if isinstance(given, str) else given
        line = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        bare = line.strip(b" \t\r\n")
        # A line beyond the limit may have been cut to blanks by its reader.
        if bare.startswith(b"#") or (not bare and len(line) <= LONGEST_LINE):
            continue
        outcome = log.do_line(number, line if len(line) > LONGEST_LINE else bare)
        yield outcome
        if strict and outcome.outcome != "recorded":
            return
