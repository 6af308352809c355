"""`diff`: the shortest acts after which two sets of rules part.

One set is walked, and the other decides each act of the walk too, on the case that the same acts
led to under it. Then the second is walked beside the first, because each walk tells apart only what
its own rules read. The shorter path is the answer.
"""

from collections.abc import Iterable

import attrs

from phananh.errors import PhanAnhError
from phananh.regulation.acts import Act
from phananh.regulation.case import Case, fold
from phananh.regulation.context import CalendarChoice, DecisionContext
from phananh.regulation.decide import Decision, NotAllowed, Recorded, decide
from phananh.regulation.receipt import make_receipt
from phananh.regulation.request import Kind, KindSlug
from phananh.regulation.rules import Rules
from phananh.testing.arguments import require_kind
from phananh.testing.exploration.act_log import Path, to_act_log
from phananh.testing.exploration.cast import CODE, KINDS
from phananh.testing.exploration.exploration import Step, explore
from phananh.testing.exploration.states import READABLE


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
        answers = step.decision, self._decide(self._case, step.act, context)
        one, other = (self._tell(answer, step.act) for answer in answers)
        if one != other and any(isinstance(answer, Recorded) for answer in answers):
            self.found = (*step.path, (step.act, step.at)), one, other
            raise _Parted

    def _follow(self, step: Step) -> Case:
        """Return the case that the same acts lead to under the other rules."""
        (receipt, at), *rest = step.path
        first = make_receipt(
            receipt, at=at, case="C1", code=CODE, code_digest="sample", rules=self.others
        )
        case = fold((first,))
        for act, moment in rest:
            by_code = act.by.role == "citizen" and not isinstance(case.sender_id, str)
            context = attrs.evolve(
                step.context, at=moment, rules=self.others, named_by_code=by_code
            )
            decision = self._decide(case, act, context)
            if isinstance(decision, Recorded):
                case = decision.case
        return case

    @staticmethod
    def _decide(case: Case, act: Act, context: DecisionContext) -> Decision | str:
        try:
            return decide(case, act, context)
        except PhanAnhError as error:
            return str(error)

    def _tell(self, decision: Decision | str, act: Act) -> str:
        """Return in words what is compared: the answer, and where the case lies until when."""
        who = f"{act.trigger} by {act.by.role.value}"
        if isinstance(decision, str):
            return f"{who}: {decision}"
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
