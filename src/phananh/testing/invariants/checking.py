"""`check` looks for a history that breaks an invariant: it walks rules, and counts beside them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, Final

import attrs

from phananh.act_log.replay import Outcome, replay
from phananh.desk.desk import Desk
from phananh.errors import InputError, InputTypeError, Refusal, short_repr
from phananh.regulation.acts import ACTS, SYSTEM_TRIGGERS, Act, Complete, Lapse, Receive
from phananh.regulation.case import Case, fold
from phananh.regulation.context import CalendarChoice, CalendarLookup
from phananh.regulation.decide import Decision, NotAllowed, Recorded, Refused, decide
from phananh.regulation.events import Event
from phananh.regulation.receipt import make_receipt
from phananh.regulation.request import Kind, KindSlug, Role, Sender, State
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.testing.arguments import list_given, list_members, require_kind
from phananh.testing.clock import ManualClock
from phananh.testing.exploration.acts import (
    ACCUSED,
    ACCUSED_WITHOUT_ID,
    AMONG_ACCUSED,
    CODE,
    EVERY_KIND,
    GOOD_ACTS,
    KINDS,
    OTHER_AGENCY,
    OTHER_WAYS,
    PEOPLE,
    SAME_WAYS,
    SECOND_ACCUSED,
    SPOILED_ACTS,
    Path,
    Variant,
    list_other_requests,
    list_requests,
    make_request,
    say,
    split_kinds,
    to_act_log,
)
from phananh.testing.exploration.exploration import (
    READABLE,
    Decide,
    Exploration,
    Step,
    explore,
    make_exploration,
)
from phananh.testing.invariants.expected import Expected
from phananh.testing.invariants.invariant import (
    OBJECTIONS,
    RECORDS,
    Asked,
    Clerk,
    Count,
    Invariant,
    Record,
)

CAN_BE_ANSWERED = Invariant(
    id="V1",
    name="every_case_can_be_answered",
    clause="3.1",
    formula="Every open case can still reach an answer or a reasoned refusal, and be closed.",
)
SAME_ANSWER = Invariant(
    id="V33",
    name="the_same_answer_again",
    clause="of the library",
    formula="The same history, act and instant have the same answer, whenever it is asked for.",
)
RAN_OUT_IS_LATE = Invariant(
    id="V46",
    name="a_limit_that_ran_out_lapses",
    clause="9.2",
    formula="Once its last instant has passed, a limit lapses when a sweep looks, in every case.",
)
NUMBERS_AGREE = Invariant(
    id="V49",
    name="the_numbers_are_those_of_the_text",
    clause="9",
    formula="Each number and reading of the rules is the one that the text has.",
)
IS_POSSIBLE = Invariant(
    id="W",
    name="what_must_be_possible_happens",
    clause="3.1, 7-10, 16",
    formula="An act that the text provides for, and that nothing speaks against, is recorded.",
)
_WHOLE = (CAN_BE_ANSWERED, SAME_ANSWER, RAN_OUT_IS_LATE, NUMBERS_AGREE, IS_POSSIBLE)  # fmt: skip


def _find_number(of: Invariant) -> tuple[bool, int]:
    number = of.id[1:]
    return of.id == "W", int(number) if number.isdigit() else 0


INVARIANTS: Final = tuple(sorted((*OBJECTIONS, *RECORDS, *_WHOLE), key=_find_number))
# What the engine itself objects to, by the clause of the row.
_OF_ROWS = frozenset({"wrong_role", "wrong_holder", "not_the_holder"})
Found = Iterator[tuple[Invariant, str]]


@attrs.frozen(kw_only=True)
class Counterexample:
    """The shortest acts found that break an invariant.

    `log` is the act log of them, a line of JSON an act: `phananh replay` reads it.
    """

    invariant: Invariant
    acts: Path = attrs.field(repr=False)
    problem: str
    rules: Rules = attrs.field(repr=False)
    calendar_for: CalendarLookup = attrs.field(repr=False)

    @property
    def log(self) -> tuple[str, ...]:
        """The acts in the format of an act log."""
        return tuple(to_act_log(self.acts))

    def replay(self) -> tuple[Outcome, ...]:
        """Do the acts again on a new desk with the rules and hours, and return their outcomes."""
        clock = ManualClock(self.acts[-1][1])
        desk = Desk(rules=self.rules, calendar=self.calendar_for, clock=clock)
        return tuple(replay(self.log, desk=desk, name=self.invariant.id))

    def __str__(self) -> str:
        """Return the invariant, what is wrong, and the log."""
        return "\n".join([str(self.invariant), f"  {self.problem}", *(f"  {x}" for x in self.log)])


class AllFound(Exception):  # noqa: N818  # it ends a walk, and nobody else sees it
    """Each invariant that is asked has its counterexample."""


@attrs.frozen(kw_only=True, slots=False)
class Examiner:
    """Compares an act and what came of it with the objections to it and the clerk's counts."""

    clerk: Clerk
    invariants: tuple[Invariant, ...] = (*OBJECTIONS, *RECORDS)

    @cached_property
    def _of_acts(self) -> dict[type[Act], tuple[Invariant, ...]]:
        return {
            kind: tuple(
                each for each in self.invariants if each.acts and issubclass(kind, each.acts)
            )
            for kind in ACTS.values()
        }

    def examine(self, asked: Asked, events: tuple[Event, ...], case: Case) -> Found:
        """Yield what is wrong with an act that was recorded, a lapse first if one was due."""
        *lapses, event = events
        for lapse in lapses:
            asked = attrs.evolve(asked, before=self.clerk.add(asked.before, lapse))
        yield from self._list_objections(asked)
        record = Record(
            before=asked.before, act=asked.act, at=asked.at, by_code=asked.by_code,
            history=(*asked.history, *events), expected=asked.expected,
            after=self.clerk.add(asked.before, event), event=event, events=events, case=case,
        )  # fmt: skip
        for each in self.invariants:
            if each.acts is None and each.check is not None and (problem := each.check(record)):
                yield each, problem

    def examine_refusal(self, asked: Asked, reasons: Iterable[Refusal]) -> Found:
        """Yield what is wrong with an act that was refused, without reasons if there is no step.

        A guard that cites a document of your own is yours: what it refuses is not compared.
        """
        texts = [(each.code, each.article.id if each.article else "") for each in reasons]
        is_own = any("@" in article and code not in _OF_ROWS for code, article in texts)
        if is_own or any(self._list_objections(asked)):
            return
        why = ", ".join(" ".join(text) for text in texts) or "there is no such step"
        broken = RAN_OUT_IS_LATE if isinstance(asked.act, Lapse) else IS_POSSIBLE
        yield broken, f"it is refused: {why}"

    def _list_objections(self, asked: Asked) -> Found:
        for each in self._of_acts[type(asked.act)]:
            if each.check is not None and (problem := each.check(asked.act, asked)):
                yield each, problem


@attrs.define(kw_only=True)
class _Checker:
    """Looks at each step of a walk, and keeps the first that breaks an invariant."""

    rules: Rules
    examiner: Examiner
    decide: Decide
    asked: frozenset[str]
    stops: bool
    found: dict[str, Counterexample] = attrs.Factory(dict)
    _history: tuple[Event, ...] = ()
    _at: datetime | None = None
    _counts: tuple[Count, Count] | None = None
    _places: tuple[str, str] = ("", "")

    def visit(self, step: Step) -> None:
        """Look at one act that was tried."""
        clerk, act, answer = self.examiner.clerk, step.act, step.decision
        if step.history is not self._history or step.at != self._at or self._counts is None:
            self._history, self._at = step.history, step.at
            counted = clerk.count(step.history)
            now = clerk.pass_time(counted, step.at)
            self._counts, self._places = (counted, now), (counted.position, now.position)
        stored, now = self._counts
        is_done, is_system = isinstance(answer, Recorded), act.trigger in SYSTEM_TRIGGERS
        before = stored if is_done or is_system else now
        expected, place = clerk.expected, self._places[before is now]
        # If the table lets nobody of the role do it, a refusal needs no other reason.
        may = isinstance(act, Lapse) or act.by.role in expected.find_roles(place, act.trigger)
        if is_done or may:
            asked = Asked(
                before=before, act=act, at=step.at, by_code=step.context.named_by_code,
                history=step.history, expected=expected,
            )  # fmt: skip
            self._examine(asked, step)

    def _examine(self, asked: Asked, step: Step) -> None:
        answer = step.decision
        if isinstance(answer, Recorded):
            found = self.examiner.examine(asked, answer.events, answer.case)
            again = self.decide(step.case, step.act, step.context)
            if not isinstance(again, Recorded) or again.events != answer.events:
                self.add(SAME_ANSWER, step, "asked twice, it differs")
        else:
            reasons = answer.reasons if isinstance(answer, Refused) else ()
            found = self.examiner.examine_refusal(asked, reasons)
        for each, problem in found:
            self.add(each, step, problem)

    def add(self, broken: Invariant, step: Step, problem: str) -> None:
        """Keep a step that breaks an invariant, with who did what."""
        done = f"{step.act.trigger} by {step.act.by.role.value} ({step.identity}, {step.variant})"
        self.keep(broken, (*step.path, (step.act, step.at)), f"{done}: {problem}")

    def keep(self, broken: Invariant, acts: Path, problem: str) -> None:
        """Keep acts that break an invariant, if it is asked and has no counterexample yet."""
        if broken.name not in self.asked or broken.name in self.found:
            return
        self.found[broken.name] = Counterexample(
            invariant=broken, acts=acts, problem=problem, rules=self.rules,
            calendar_for=self.examiner.clerk.calendar_for,
        )  # fmt: skip
        if self.stops and self.found.keys() >= self.asked:
            raise AllFound


def check(
    rules: Rules = HOA_BINH_2019,
    *,
    expected: Expected | None = None,
    kinds: Iterable[Kind | KindSlug] = EVERY_KIND,
    guards_read: Iterable[str] = READABLE,
    calendar_for: CalendarChoice | None = None,
    decide: Decide = decide,
    only: Iterable[str] = (),
    skip: Mapping[str, str] | None = None,
    invariants: Iterable[Invariant] = (),
    acts: Iterable[tuple[str, Mapping[str, Any]]] = (),
) -> tuple[Counterexample, ...]:
    """Return for each invariant that some history breaks the shortest acts that do.

    Every reachable state is visited, and each act is tried in it, well formed and spoilt in each
    known way. Small walks of few acts follow, by fewer people: kinds that are treated like another,
    receipts by mail, in another language or without contact, several accused, and two agencies.

    Args:
        rules: the built-in rules, or your own.
        expected: the numbers of the text, by default those of Decision 2370.
        kinds: the kinds of requests that begin a history. Of those that the Regulation treats
            alike, such as information and proposal, the first has the large walk.
        guards_read: the parts of a case's past that your own guards read, as in `explore`.
        calendar_for: role and unit -> calendar. By default the centre and agencies have different
            hours, so that a limit on the wrong calendar shows.
        decide: your own function in place of the library's.
        only: names or numbers of the invariants that are asked. Then the walk ends once each of
            them has a counterexample. By default all are asked.
        skip: name or number of an invariant -> why it is not asked of these rules.
        invariants: your own, made by `invariant` or `objection`, besides those of the library.
        acts: further ways to do an act, each a trigger and its fields, such as
            `("rate", {"score": 2})`. Those who may do it try it in every state.

    Raises:
        InputTypeError: `skip` is no mapping.
        InputError: `only` or `skip` names no invariant, both name the same one, `skip` gives no
            reason, or no invariant is left to ask. Or there are more states than a walk visits,
            so that the others are unknown.
    """
    given = Expected() if expected is None else expected
    require_kind(given, Expected, field="expected")
    chosen = list_members(Kind, list_given(kinds, field="kinds"), field="kinds")
    every, only = (*INVARIANTS, *invariants), list_given(only, field="only")
    asked = _choose_asked(every, only, {} if skip is None else skip)
    own = tuple(say(trigger, f"own {n}", **said) for n, (trigger, said) in enumerate(acts, 1))
    walks = [
        make_exploration(rules, calendar_for, guards_read=guards_read, decide=decide)
        for _ in range(4)
    ]
    clerk = Clerk(expected=given, calendar_for=walks[0].calendar_for)
    examined = tuple(each for each in every if each.check is not None)
    checker = _Checker(
        rules=rules, decide=decide, asked=asked, stops=bool(only),
        examiner=Examiner(clerk=clerk, invariants=examined),
    )  # fmt: skip
    try:
        _walk_all(walks, checker, chosen, own)
        for difference in given.list_differences(rules):
            checker.keep(NUMBERS_AGREE, (), difference)
    except AllFound:
        pass
    return tuple(sorted(checker.found.values(), key=_rank))


def _walk_all(
    walks: list[Exploration],
    checker: _Checker,
    kinds: tuple[Kind, ...],
    own: tuple[Variant, ...],
) -> None:
    """Do the large walk, then the small ones: other requests, several accused, two agencies.

    What the large walk would multiply is tried by few people there, or with few acts.
    """
    large, others, accused, agencies = walks
    for walk in walks:
        walk.visit = checker.visit
    large.variants = (*GOOD_ACTS, *OTHER_WAYS, *SAME_WAYS, *SPOILED_ACTS, *own)
    large.walk(list_requests(split_kinds(kinds)[0]))
    for node in large.find_stuck(State.CLOSED):
        problem = f"it can never be closed from {node.key.text()}"
        checker.keep(CAN_BE_ANSWERED, node.path, problem)
    ways = tuple(way for way in OTHER_WAYS if way.trigger != "complete")
    others.variants, others.depth = (*GOOD_ACTS, *ways), 4
    others.walk(list_other_requests(kinds), only_right=True)
    if Kind.CONDUCT in kinds:
        three = (ACCUSED, ACCUSED_WITHOUT_ID, SECOND_ACCUSED)
        phone = Complete(by=PEOPLE[Role.OPERATOR], sender=Sender(phone="0218 111 1111"))
        accused.variants, accused.depth = (*GOOD_ACTS, *AMONG_ACCUSED), 4
        accused.walk([attrs.evolve(make_request(Kind.CONDUCT), accused=three)], [phone])
    handled = [kind for kind in kinds if kind in split_kinds(EVERY_KIND)[1] or kind in _BY_OFFICER]
    agencies.variants, agencies.depth = (*GOOD_ACTS, *OTHER_AGENCY), 7
    agencies.variants = tuple(way for way in agencies.variants if way.trigger in _TO_AGENCIES)
    agencies.walk(map(make_request, handled[:1]), only_right=True)
    for walk in walks:
        if walk.truncated:
            raise InputError(field="rules", code="too_many_states", most=walk.limit)


_BY_OFFICER = (Kind.INFORMATION, Kind.REGULATION, Kind.CONDUCT, Kind.PROPOSAL)
_TO_AGENCIES = frozenset(
    {"escalate", "request_verification", "report_findings", "reschedule", "lapse"}
)


def _rank(example: Counterexample) -> tuple[bool, int, bool, int]:
    """Put few acts first, and a wrong due time before its echoes."""
    is_echo = example.invariant.id not in ("V15", "V16", "V21", "V22")
    return not example.acts, len(example.acts), is_echo, _find_number(example.invariant)[1]


def _choose_asked(
    every: tuple[Invariant, ...], only: tuple[str, ...], skip: object
) -> frozenset[str]:
    """Return the names of the invariants that are asked."""
    if not isinstance(skip, Mapping):
        raise InputTypeError(field="skip", code="not_reasons", value=short_repr(skip))
    for name, reason in skip.items():
        if not isinstance(reason, str) or not reason.strip():
            raise InputError(field="skip", code="skipped_without_reason", value=short_repr(name))
    known = {name for each in every for name in (each.id, each.name)}
    for field, names in (("only", only), ("skip", (*skip,))):
        for name in names:
            if name not in known:
                raise InputError(field=field, code="not_an_invariant", value=short_repr(name))
    chosen = [each for each in every if not only or {each.id, each.name} & {*only}]
    skipped = [each for each in chosen if {each.id, each.name} & skip.keys()]
    if only and skipped:
        raise InputError(field="only", code="only_and_skipped", value=skipped[0].id)
    asked = frozenset(each.name for each in chosen if each not in skipped)
    if not asked:
        raise InputError(field="skip", code="no_invariant_left")
    return asked


@attrs.frozen(kw_only=True)
class Difference:
    """The fewest acts after which two sets of rules part, and what each says to the last one."""

    acts: Path = attrs.field(repr=False)
    first: str
    second: str

    @property
    def log(self) -> tuple[str, ...]:
        """The acts in the format of an act log."""
        return tuple(to_act_log(self.acts))

    def __str__(self) -> str:
        """Return what both say, and the log."""
        return "\n".join([f"first:  {self.first}", f"second: {self.second}", *self.log])


class _Parted(Exception):  # noqa: N818  # it ends a walk, and nobody else sees it
    pass


@attrs.define
class _Beside:
    """Decides under other rules what a walk tries, and stops at the first act that parts them."""

    others: Rules
    clauses: bool
    found: tuple[Path, str, str] | None = None
    _path: Path = ()
    _case: Case | None = None

    def visit(self, step: Step) -> None:
        """Compare one act that was tried."""
        if step.path is not self._path or self._case is None:
            self._path, self._case = step.path, self._follow(step)
        context = attrs.evolve(step.context, rules=self.others)
        answers = step.decision, decide(self._case, step.act, context)
        one, other = (self._tell(answer, step.act) for answer in answers)
        if one != other and any(isinstance(answer, Recorded) for answer in answers):
            self.found = (*step.path, (step.act, step.at)), one, other
            raise _Parted

    def _follow(self, step: Step) -> Case:
        """Return the case that the same acts lead to under the other rules."""
        (receipt, at), *rest = step.path
        assert isinstance(receipt, Receive)  # a path begins with it
        first = make_receipt(
            receipt, at=at, case="C1", code=CODE, code_digest="sample", rules=self.others
        )
        case = fold((first,))
        for act, moment in rest:
            by_code = act.by.role == "citizen" and not isinstance(case.sender_id, str)
            context = attrs.evolve(
                step.context, at=moment, rules=self.others, named_by_code=by_code
            )
            decision = decide(case, act, context)
            if isinstance(decision, Recorded):
                case = decision.case
        return case

    def _tell(self, decision: Decision, act: Act) -> str:
        """Return in words what is compared: the answer, and where the case lies until when."""
        who = f"{act.trigger} by {act.by.role.value}"
        if isinstance(decision, NotAllowed):
            return f"{who}: there is no such step from {decision.state.value}"
        if not isinstance(decision, Recorded):
            return f"{who}: refused, {', '.join(each.code for each in decision.reasons)}"
        case, events = decision.case, decision.events
        names = [
            f"{type(e).__name__} {e.article}" if self.clauses else type(e).__name__ for e in events
        ]
        holder = f", with the {case.holder.role.value}" if case.holder else ""
        late = [str(lapse.due) for lapse in case.lapses]
        limit = f", due {case.due}, late after {case.clock.late_after}" if case.clock else ""
        return f"{who}: {', '.join(names)}, {case.state.value}{holder}{limit}, missed {late}"


def diff(
    rules: Rules,
    others: Rules,
    *,
    kinds: Iterable[Kind | KindSlug] = KINDS,
    clauses: bool = False,
    guards_read: Iterable[str] = READABLE,
    calendar_for: CalendarChoice | None = None,
) -> Difference | None:
    """Return the shortest acts after which two sets of rules part, or None if none was found.

    They part where one records an act that the other refuses or has no step for, and where they
    record something else: another state, holder, due time or lapse.

    Args:
        rules, others: such as those of a province, and those of the next.
        kinds: the kinds of requests that begin a history.
        clauses: whether another clause that is cited is a difference too.
        guards_read, calendar_for: as of `explore`.

    Raises:
        InputTypeError: one of them is no `Rules`.
    """
    require_kind(others, Rules, field="others")
    found = []
    for walked, beside in ((rules, others), (others, rules)):
        visitor = _Beside(beside, clauses)
        try:
            explore(
                walked, kinds=kinds, spoiled=True, guards_read=guards_read,
                calendar_for=calendar_for, visit=visitor.visit,
            )  # fmt: skip
        except _Parted:
            path, one, other = visitor.found or ((), "", "")
            said = (one, other) if walked is rules else (other, one)
            found.append(Difference(acts=path, first=said[0], second=said[1]))
    return min(found, key=lambda each: len(each.acts), default=None)
