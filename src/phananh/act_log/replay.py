"""Replay of an act log on a desk: you can script, import or test a day at the office.

Every line has one outcome: recorded, refused, not_allowed, conflict or invalid. A line that is
not recorded leaves its case as it was. You can replay a log on the same store again. A line
recorded before gives its first result. Any other is decided on the history as this log had
reached it, so that a second run says what the first did.

A replay keeps a few hundred bytes a case, as histories stay in the store: its id, the version that
the log has reached, and when the running limit counts as late, so that a sweep reads only what has
lapsed. For each key it keeps a hash of it, and a hash of what it names.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any
from unicodedata import normalize

import attrs

from phananh.act_log.entry import LONGEST_LINE, LONGEST_NAME, Entry, read_entry, read_object
from phananh.act_log.rows import Row, name_column
from phananh.desk.desk import Desk
from phananh.errors import (
    CommandReusedError,
    ConflictError,
    CoverageError,
    InputError,
    NoWorkingTimeError,
    PhanAnhError,
    Refusal,
    RefusedError,
    StepNotAllowedError,
    short_repr,
)
from phananh.messages.labels import WORDS, word
from phananh.messages.message import say
from phananh.messages.texts import OUTCOME
from phananh.plain_data import item_to_plain
from phananh.plain_value import PlainValue
from phananh.regulation.acts import Lapse
from phananh.regulation.case import Case, find_missed, find_running, fold
from phananh.regulation.cleaning import to_vietnam_time
from phananh.regulation.deadline import is_late
from phananh.regulation.events import Lapsed, PersonalDataErased
from phananh.stores.memory import MemoryStore

_FROM_ELSEWHERE = (Lapsed, PersonalDataErased)  # what another sweep or desk records
_LONGEST = 100  # characters of a name that a line shows


def to_vietnam_iso(instant: datetime | None) -> str | None:
    """Return an instant in ISO 8601 at +07:00, with microseconds only if there are any."""
    return None if instant is None else to_vietnam_time(instant).isoformat()


@attrs.frozen(kw_only=True)
class Outcome(PlainValue):
    """The outcome of one line: `recorded`, `refused`, `not_allowed`, `conflict` or `invalid`.

    `case` is the log's own name of the case, and `after` the case as of the line's time.
    `reasons` say why it was not recorded. `allowed` lists the possible steps if the outcome is
    `not_allowed`, and `lapsed` the cases that a sweep marked, else None.
    """

    line: int
    act: str | None
    case: str | None
    outcome: str
    after: Case | None = attrs.field(default=None, repr=False)
    reasons: tuple[Refusal, ...] = ()
    allowed: tuple[str, ...] | None = None
    lapsed: tuple[str, ...] | None = None

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return the outcome as the act log's output has it, keys in that order."""
        after = self.after
        holder = after.holder if after else None
        lapses = {each.opened_by: each for each in reversed(after.lapses if after else ())}
        found: dict[str, Any] = {
            "line": self.line,
            **item_to_plain("act", self.act, lang),
            "case": self.case,
            **item_to_plain("outcome", self.outcome, lang),
            **item_to_plain("state", after.state if after else None, lang),
            **item_to_plain("holder", holder.role if holder else None, lang),
            "holder_id": holder.id if holder else None,
            "unit": holder.unit if holder else None,
            "due": to_vietnam_iso(after.due) if after else None,
            "late": after is not None and after.is_late,
            "lapses": [
                {
                    "stage": each.stage.value,
                    "holder": each.holder,
                    "due": to_vietnam_iso(each.due),
                    "lifted": each.lifted,
                }
                for each in reversed(lapses.values())  # by who had the limit
            ],
            "reasons": [_reason_to_plain(reason, lang) for reason in self.reasons],
        }
        if self.allowed is not None:
            found |= item_to_plain("allowed", self.allowed, lang)
        if self.lapsed is not None:
            found["lapsed"] = list(self.lapsed)
        return found

    def text(self, lang: str = "en") -> str:
        """Return the outcome in one line of words."""
        parts = [f"{self.line:>4}", _cut(self.case or "-"), _name_trigger(self.act, lang)]
        parts.append(word("outcome", self.outcome, lang))
        if self.after:
            parts.append(word("state", self.after.state.value, lang))
            parts.extend(_list_times(self.after, lang))
        if self.lapsed:
            parts.append(", ".join(self.lapsed))
        parts.extend(_describe_reason(reason, lang) for reason in self.reasons)
        if self.allowed:
            triggers = tuple(_name_trigger(trigger, lang) for trigger in self.allowed)
            parts.append(say(OUTCOME["possible"], lang, triggers=triggers))
        return "  ".join(parts)


def _reason_to_plain(reason: Refusal, lang: str | None) -> dict[str, Any]:
    """Return a reason by the keys of a log's output, which has no id of a reading."""
    found = reason.as_dict(lang)
    found.pop("reading", None)
    return found


def _list_times(case: Case, lang: str) -> Iterator[str]:
    """Yield when the running limit ends, and that one was missed. Each may be provisional."""
    if case.due:
        due, runs = to_vietnam_time(case.due), find_running(case)
        text = say(OUTCOME["due"], lang, day=due.date(), time=f"{due:%H:%M}")
        yield _mark_provisional(text, lang, is_provisional=runs is not None and runs.is_provisional)
    if case.is_late:
        yield _mark_provisional(
            say(OUTCOME["late"], lang),
            lang,
            is_provisional=any(missed.is_provisional for missed in find_missed(case)),
        )


def _mark_provisional(text: str, lang: str, *, is_provisional: bool) -> str:
    return say(OUTCOME["provisional"], lang, text=text) if is_provisional else text


def _describe_reason(reason: Refusal, lang: str) -> str:
    if reason.code == "invalid":  # the outcome says so already
        return str(reason.facts["problem_vi" if lang == "vi" else "problem"])
    return reason.text_with_article(lang)


def _name_trigger(act: str | None, lang: str) -> str:
    try:
        return word("trigger", act or "", lang)
    except KeyError:
        return _cut(act or "?")


def _cut(name: str) -> str:
    """Return a name as a line shows it. An unknown act or case may have a name of any length."""
    return name if len(name) <= _LONGEST else name[: _LONGEST - 3] + "..."


@attrs.define(weakref_slot=False)
class _Reached:
    """How far the log has come in one case. `received_by` is the hash of its receipt's key."""

    case: str
    version: int
    late_after: datetime | None
    received_by: int | None


@attrs.define
class LogReplay:
    """The lines of one log, done on one desk."""

    desk: Desk
    name: str
    _is_table: bool = attrs.field(default=False, init=False)
    _last_at: datetime | None = attrs.field(default=None, init=False)
    _cases: dict[str, _Reached] = attrs.field(factory=dict, init=False)
    _keys: dict[int, int] = attrs.field(factory=dict, init=False)
    # the first result of each sweep that has a key
    _sweeps: dict[str, Outcome] = attrs.field(factory=dict, init=False)

    def do_line(self, number: int, raw: bytes | Row) -> Outcome:
        """Do the act of a line, and return its outcome."""
        self._is_table = isinstance(raw, tuple)
        found, problem = raw if isinstance(raw, tuple) else ({}, None)
        try:
            if problem is not None:
                raise problem
            found = read_object(raw) if isinstance(raw, bytes) else found
            entry = read_entry(found)
            self._check_order(entry)
        except InputError as error:
            return self._make_invalid(number, found, error)
        outcome = self._do_entry(number, entry)
        if outcome.outcome != "invalid":
            self._last_at = entry.at
            if entry.key is not None:
                self._keys.setdefault(hash(entry.key), _hash_content(entry))
        return outcome

    def _check_order(self, entry: Entry) -> None:
        """Refuse a line that lies before the last in time, and a key that names something else."""
        if self._last_at is not None and entry.at < self._last_at:
            at, last = entry.at.isoformat(), self._last_at.isoformat()
            raise InputError(field="at", code="out_of_order", value=at, last=last)
        if entry.key is not None:
            content = _hash_content(entry)
            if self._keys.get(hash(entry.key), content) != content:
                raise _make_key_error(entry.key)

    def _make_invalid(self, number: int, found: dict[str, Any], error: PhanAnhError) -> Outcome:
        act, name = found.get("act"), found.get("case")
        # No case has a longer name, and to normalize a huge one would take minutes.
        name = normalize("NFC", name[: 4 * LONGEST_NAME]) if isinstance(name, str) else None
        named = _name_key(error)
        if self._is_table and isinstance(error, InputError):
            named = name_column(error, act)
        reason = Refusal(
            code="invalid",
            article=error.article,
            facts={"problem": str(error), "problem_vi": named.text("vi")},
        )
        return Outcome(
            line=number,
            act=act if isinstance(act, str) else None,
            case=name,
            outcome="invalid",
            after=self._as_of(name, self._last_at),
            reasons=(reason,),
        )

    def _find(self, name: str | None) -> Case | None:
        """Return the case of a name as this log has reached it, or None if it has none yet."""
        reached = self._cases.get(name or "")
        if reached is None:
            return None
        return fold(self.desk.store.load(reached.case)[: reached.version])

    def _as_of(self, name: str | None, at: datetime | None) -> Case | None:
        """Return the case as of a moment, or None if the log has no such case yet."""
        case = self._find(name)
        if case is None or at is None:
            return None
        try:
            return self.desk.as_of(case, at=max(at, case.updated_at))
        except PhanAnhError:
            return case

    def _advance(self, name: str, case: Case, *, key: str | None = None) -> None:
        """Store how far a case has come, unless it was further. `key` is that of its receipt."""
        known = self._cases.get(name)
        if known is not None and known.version >= case.version:
            return
        self._cases[name] = _Reached(
            case=case.id,
            version=case.version,
            late_after=case.clock.late_after if case.clock else None,
            received_by=known.received_by if known else None if key is None else hash(key),
        )

    def _do_entry(self, number: int, entry: Entry) -> Outcome:
        command = f"key:{entry.key}" if entry.key else f"{self.name}:{number}"
        try:
            if entry.trigger == "sweep":
                return self._do_sweep(number, entry, command)
            done = self._record_after_lapse(entry, command)
        except (InputError, CoverageError, NoWorkingTimeError) as error:
            found = {"act": entry.trigger, "case": entry.case, "at": entry.at}
            return self._make_invalid(number, found, _put_in_log_terms(error, entry))
        except (StepNotAllowedError, RefusedError, ConflictError) as error:
            outcome = _describe_failure(error)
            outcome["after"] = self._as_of(entry.case, entry.at)
        else:  # of an act that was done before this is the first result, however late it is now
            outcome = {"outcome": "recorded", "after": done}
        return Outcome(line=number, act=entry.trigger, case=entry.case, **outcome)

    def _record_after_lapse(self, entry: Entry, command: str) -> Case:
        """Do the act. If a lapse or an erasure was recorded since, decide after that."""
        try:
            return self._record(entry, command)
        except ConflictError:
            if not self._take_over(entry.case):
                raise
        return self._record(entry, command)

    def _take_over(self, name: str | None) -> bool:
        """Take over the lapses of another sweep and the erasures that come next, if any.

        What is recorded behind them stays ahead, so a second run says what the first did.
        """
        case = self._find(name)
        if name is None or case is None:
            return False
        since = self.desk.store.load(case.id)[case.version :]
        taken = [*takewhile(lambda event: isinstance(event, _FROM_ELSEWHERE), since)]
        if not taken:
            return False
        self._advance(name, fold(taken, onto=case))
        return True

    def _record(self, entry: Entry, command: str) -> Case:
        """Do the act, store how far the case has come, and return the case after it."""
        assert entry.act is not None  # only a sweep has none
        case = self._find_case(entry)
        name = None if self._is_ahead(case, entry) else command
        # A key names the act wherever its line is. Without one, the line's time counts too.
        act = entry.act if entry.key else attrs.evolve(entry.act, at=entry.at)
        log_name = entry.case or ""
        done = self.desk._do(case, act, name, entry.at, by_code=True, log_name=log_name)
        self._advance(log_name, done, key=entry.key)
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
        return not all(isinstance(event, _FROM_ELSEWHERE) for event in between)

    def _find_case(self, entry: Entry) -> Case | None:
        """Return the case as this log has reached it, or None for a receipt, which makes it."""
        case, code = self._find(entry.case), None
        if entry.trigger == "receive":
            received_by = self._cases[entry.case or ""].received_by if case else None
            if case is not None and (entry.key is None or received_by != hash(entry.key)):
                code = "case_received_before"
            case = None
        elif case is None:
            code = "case_not_received"
        if code is not None:
            raise InputError(field="case", code=code, value=short_repr(entry.case))
        return case

    def _do_sweep(self, number: int, entry: Entry, command: str) -> Outcome:
        if entry.key in self._sweeps:
            return attrs.evolve(self._sweeps[entry.key], line=number)
        marked, conflict = list[tuple[datetime, str]](), False
        for name, case in self._list_late(entry.at):
            try:
                done = self.desk._do(case, Lapse(at=entry.at), f"{command}/{case.id}")
            except ConflictError:  # another desk was first
                conflict = conflict or not self._take_over(name)
            else:
                self._advance(name, done)
                marked.append((done.lapses[-1].due, name))
        outcome = Outcome(
            line=number,
            act="sweep",
            case=None,
            outcome="conflict" if conflict else "recorded",
            reasons=(Refusal(code="conflict", article=None),) if conflict else (),
            lapsed=tuple(name for _, name in sorted(marked)),
        )
        if entry.key is not None and not conflict:
            self._sweeps[entry.key] = outcome
        return outcome

    def _list_late(self, at: datetime) -> Iterator[tuple[str, Case]]:
        """Yield name and case of each limit that has run out by a moment."""
        for name, reached in self._cases.items():
            if reached.late_after is not None and is_late(at, late_after=reached.late_after):
                yield name, fold(self.desk.store.load(reached.case)[: reached.version])


def _hash_content(entry: Entry) -> int:
    """Return a hash of what a key names: an act on a case, at whatever time, or a sweep's time."""
    return hash((entry.trigger, entry.case, entry.act or entry.at))


def _make_key_error(key: str) -> InputError:
    """Return the error of a key that names another act."""
    return InputError(field="key", code="key_of_another_act", value=short_repr(key))


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
        return _make_key_error(entry.key)
    return InputError(field="line", code="line_of_another_act")


def _describe_failure(error: StepNotAllowedError | RefusedError | ConflictError) -> dict[str, Any]:
    if isinstance(error, RefusedError):
        return {"outcome": "refused", "reasons": error.refusals}
    if isinstance(error, ConflictError):
        return {"outcome": "conflict", "reasons": (Refusal(code="conflict", article=None),)}
    reason = Refusal(code="no_such_step", article=None, facts={"state": error.state})
    return {"outcome": "not_allowed", "reasons": (reason,), "allowed": error.allowed}


def replay(
    lines: Iterable[bytes | str | Row], *, desk: Desk, name: str, strict: bool = False
) -> Iterator[Outcome]:
    """Do a log's acts on `desk`, line by line, and yield an outcome for each.

    Blank lines and lines that begin with "#" are skipped.

    Args:
        lines: the file's lines as bytes, split at line feeds only. If a line is longer than
            1,000,000 bytes, its first 1,000,001 are enough to refuse it. Of a table, its rows.
        desk: where the acts are done.
        name: the log's base name. With the line number it identifies an act that has no key.
        strict: stop after the first line that is not recorded.

    Raises:
        StoreError: the store failed. Run the log again on the same store to go on.

    Example:
        >>> receive = (
        ...     '{"act": "receive", "case": "A", "at": "2025-04-25T15:00+07:00",'
        ...     ' "kind": "information", "channel": "phone", "content": "Mẫu", "sender": {},'
        ...     ' "by": {"id": "OP-1", "role": "operator"}}'
        ... )
        >>> for outcome in replay([receive], desk=desk, name="mau.jsonl"):
        ...     print(outcome.line, outcome.act, outcome.outcome, outcome.case)
        1 receive recorded A
    """
    if isinstance(desk.store, MemoryStore):  # what is not kept may play the future
        desk = attrs.evolve(desk, clock_skew=timedelta.max)
    log = LogReplay(desk=desk, name=name)
    for number, given in enumerate(lines, start=1):
        raw = given.encode() if isinstance(given, str) else given
        if isinstance(raw, bytes):
            line = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
            bare = line.strip(b" \t\r\n")
            # A line beyond the limit may have been cut to blanks by its reader.
            if bare.startswith(b"#") or (not bare and len(line) <= LONGEST_LINE):
                continue
            raw = line if len(line) > LONGEST_LINE else bare
        outcome = log.do_line(number, raw)
        yield outcome
        if strict and outcome.outcome != "recorded":
            return
