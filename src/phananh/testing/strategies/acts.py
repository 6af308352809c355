"""Hypothesis strategies for acts, for act logs that rules let happen, and the cases they lead to.

An act is one of the variants that a walk tries, by one of the people who try it there. So most of
those for a case are recorded, and an act with something wrong is wrong in one way.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache, lru_cache
from typing import Any, TypeVar

import attrs

from phananh.act_log.replay import replay
from phananh.desk.desk import Desk
from phananh.errors import CoverageError, InputError, RefusedError
from phananh.regulation.acts import ACTS, SYSTEM_TRIGGERS, Act, Receive
from phananh.regulation.case import Case
from phananh.regulation.cleaning import is_same_id
from phananh.regulation.context import CalendarChoice, DecisionContext, make_lookup
from phananh.regulation.decide import Recorded, decide
from phananh.regulation.intake import EXCLUDED
from phananh.regulation.request import Accused, Channel, Kind, Person, Role, Sender
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.stores.base import Query
from phananh.testing.arguments import (
    list_given,
    list_members,
    list_names,
    require_kind,
    require_number,
)
from phananh.testing.drawing import note, st
from phananh.testing.exploration import cast
from phananh.testing.exploration.acts import (
    GOOD_ACTS,
    OTHER_WAYS,
    SAME_WAYS,
    SPOILED_ACTS,
    Situation,
    make_line,
)
from phananh.testing.exploration.cast import make_hours
from phananh.testing.exploration.exploration import histories, list_actors
from phananh.testing.strategies.times import instants

T = TypeVar("T")
_OPERATOR = cast.PEOPLE[Role.OPERATOR]
PEOPLE = (
    _OPERATOR,
    *(each for role, each in cast.PEOPLE.items() if role not in (Role.OPERATOR, Role.SYSTEM)),
    Person(id="dtv-mau-2", role="operator"),
    Person(id="cb-mau-2", role="officer", unit=cast.UNIT),
    Person(id="dm-mau-2", role="agency", unit=cast.SECOND_UNIT),
    Person(id="tt-mau-2", role="agency_head", unit=cast.SECOND_UNIT),
    Person(id="cd-mau-2", role="citizen"),
)
"""Everybody who is drawn: those of a walk, and a second one of some roles."""

CONTENTS = (
    "Hỏi thủ tục cấp lại giấy khai sinh",
    "Chờ hai giờ ở bộ phận một cửa, không ai tiếp",
    "Đèn đường hỏng đã một tháng",
)
HOSTILE = (
    "", " \u200b\n", "=HYPERLINK(\"http://vidu.vn\")", "<script>alert(1)</script>",
    "'; DROP TABLE cases; --", "\u202egnưđ nèĐ", "\x1b[2J\x1b]0;x\x07", "🚌\u200d🚦 𠀀",
    "Pha\u0309n a\u0301nh", "a\u2028b\u0085c", "%s {0} \\u0000 &#0;", "x" * 20_000,
)  # fmt: skip
"""Texts that careless programs lose, run or show; each may stand in a request."""
_SENDERS = {
    "name": (None, "Nguyễn Văn An", "An"),
    "phone": (None, "02183831022", "+84 218 383 1022", "không có"),
    "email": (None, "an@vidu.vn", "an@vidu"),
    "address": (None, "Tổ 5, phường Phương Lâm"),
    "id": (None, "cd-mau"),
}
_USUAL_PARTS = {"name": st.just("Nguyễn Văn An"), "phone": st.just("02183831022")}
# What may stand in a text: anything but NUL and lone surrogates.
_LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
_ODD = st.one_of(st.sampled_from(HOSTILE[2:]), st.text(_LETTERS, min_size=1, max_size=40))


def build_again(drawn: st.SearchStrategy[T]) -> st.SearchStrategy[T]:
    """Return the same values, made once more by `builds`: so a failing example shows the call.

    The repr of an act hides its texts.
    """
    return drawn.flatmap(_rebuild)


@lru_cache(maxsize=1_000)  # a strategy costs more than what it draws
def _rebuild(value: Any) -> st.SearchStrategy[Any]:
    kind = type(value)
    if isinstance(value, Enum):
        return st.just(value.value)
    if isinstance(value, tuple):
        return st.tuples(*map(_rebuild, value))
    if not attrs.has(kind):
        return st.just(value)
    given = {field: getattr(value, field.name) for field in attrs.fields(kind)}
    changed = {field.name: found for field, found in given.items() if found != field.default}
    return st.builds(kind, **{name: _rebuild(found) for name, found in changed.items()})


def actors(
    *,
    role: Role | str | None = None,
    unit: str | None = None,
    accused: Iterable[Accused] | None = None,
) -> st.SearchStrategy[Person]:
    """Draw persons of every role but the system. The simplest is an operator.

    Args:
        role: only of this role.
        unit: only of this unit.
        accused: only people accused here, such as `case.accused`, in any spelling of their id.

    Raises:
        InputError: an unknown role. InputTypeError: `accused` is no list of `Accused`.
    """
    roles = tuple(dict.fromkeys(each.role.value for each in PEOPLE))
    chosen = roles if role is None else list_names([role], known=roles, field="role")
    found = [each for each in PEOPLE if each.role in chosen]
    if unit is not None:
        own = [each for each in found if is_same_id(each.unit, unit)]
        found = own or [attrs.evolve(each, unit=unit) for each in found]
    if accused is not None:
        named = list_given(accused, field="accused")
        for each in named:
            require_kind(each, Accused, field="accused")
        ids = [spelt for each in named if each.id for spelt in _spell(each.id)]
        found = [attrs.evolve(each, id=name) for each in found for name in ids]
    return build_again(st.sampled_from(found)) if found else st.nothing()


def _spell(name: str) -> Sequence[str]:
    return tuple(dict.fromkeys((name, name.lower(), name.upper())))


def senders(*, hostile: bool = False) -> st.SearchStrategy[Sender]:
    """Draw senders with parts that may be missing or useless. The simplest can be answered.

    Args:
        hostile: names and addresses that careless programs lose, run or show.
    """
    lines = [text for text in HOSTILE if len(text) <= 300 and not {"\n", "\r"} & {*text}]
    odd = st.sampled_from(lines if hostile else [None])
    parts: dict[str, Any] = {name: st.sampled_from(known) for name, known in _SENDERS.items()}
    parts |= {name: st.one_of(parts[name], odd) for name in ("name", "address")}
    return st.one_of(_make_sender(_USUAL_PARTS), _make_sender(parts))


@st.composite
def _make_sender(draw: st.DrawFn, parts: dict[str, st.SearchStrategy[Any]]) -> Sender:
    """Draw a sender, and note it for a failing example, because its repr hides who it is."""
    given = {name: draw(part) for name, part in parts.items()}
    shown = ", ".join(f"{name}={value!r}" for name, value in given.items() if value is not None)
    note(f"Sender({shown})")
    return Sender(**given)


def requests(
    *,
    kinds: Iterable[Kind | str] = Kind,
    channels: Iterable[Channel | str] = Channel,
    by: Person | None = None,
    hostile: bool = False,
    complete: bool = False,
) -> st.SearchStrategy[Receive]:
    """Draw requests of every kind, by every channel: `desk.do(None, request)` takes one.

    The simplest asks for information by phone. Calls are taken by an operator.

    Args:
        kinds: only of these kinds.
        channels: only by these channels.
        by: the person who records it, such as an operator, by default also the citizen, except for
            calls.
        hostile: texts that careless programs lose, run or show, in content and sender too.
        complete: only requests that meet all of Article 6: the sender can be answered, and the
            content is Vietnamese and not blank.

    Raises:
        InputError: an unknown kind or channel, or none. InputTypeError: `by` is no person.
    """
    chosen = list_members(Kind, kinds, field="kinds")
    ways = list_members(Channel, channels, field="channels")
    if by is not None:
        require_kind(by, Person, field="by")
    callers = [_OPERATOR, cast.PEOPLE[Role.CITIZEN]] if by is None else [by]
    contents = st.sampled_from(CONTENTS if complete else (*CONTENTS, "", " "))
    staff = [each for each in PEOPLE if each.unit]
    named = [Accused(id=each.id, unit=each.unit or "") for each in staff]
    accused = st.lists(st.sampled_from([*named, Accused(unit=cast.UNIT)]), max_size=2).map(tuple)
    drawn = st.tuples(
        st.sampled_from(chosen), st.sampled_from(ways), st.sampled_from(callers), accused
    ).filter(lambda each: by is not None or each[1] != "phone" or each[2] is _OPERATOR)

    text = st.one_of(contents, _ODD) if hostile else contents
    sender = _make_sender(_USUAL_PARTS) if complete else senders(hostile=hostile)
    language = st.sampled_from(("vi",) if complete else ("vi", "vi", "en", "zh-Hant"))

    @lru_cache(maxsize=1_000)
    def build(drawn: tuple[Kind, Channel, Person, tuple[Accused, ...]]) -> Any:
        kind, channel, person, people = drawn
        return st.builds(
            Receive,
            kind=st.just(kind.value),
            channel=st.just(channel.value),
            content=text,
            sender=sender,
            accused=_rebuild(people if kind is Kind.CONDUCT else people[:1]),
            about_unit=st.sampled_from((None, cast.UNIT)),
            language=language,
            by=_rebuild(person),
        )

    return drawn.flatmap(build)


TRIGGERS = tuple(trigger for trigger in ACTS if trigger not in SYSTEM_TRIGGERS)
"""What people may ask for, a receipt first."""
_TICK, _HOUR = timedelta(microseconds=1), timedelta(hours=1)
_STEPS = (timedelta(minutes=1), timedelta(minutes=1), _HOUR, _HOUR, 8 * _HOUR, 24 * _HOUR)
# What leads deep into the table. A case that was answered at once has little to tell.
_WEIGHTS = {"escalate": 6, "request_verification": 6, "reschedule": 8, "advise": 6, "rate": 6}
Line = Mapping[str, Any]


def acts(
    *,
    case: Case | None = None,
    by: Person | None = None,
    well_formed: bool = True,
    triggers: Iterable[str] | None = None,
    at: datetime | None = None,
    rules: Rules = HOA_BINH_2019,
) -> st.SearchStrategy[Act]:
    """Draw acts for `desk.do(case, act)`, or for `desk.do(None, act)` if one is a receipt.

    An act is well formed if the rules record it: it has the content that such an act needs, and
    comes from the holder of the case, or from another who may ask.

    Args:
        case: the case that the acts fit in state, holder, units and due time. Without one they are
            receipts, or acts on sample cases.
        by: the person who asks.
        well_formed: False spoils an act in one way: it comes from a person who may not ask, or its
            text is blank, its time gone by, or it names the wrong person.
        triggers: only these, such as `["reschedule"]`, by default all that the case's state has.
            A text is one of them.
        at: the moment at which they are asked, by default that of the case's last event.
        rules: with the table of steps that the case's state has.

    Raises:
        InputError: an unknown trigger. InputTypeError: `case`, `by` or `rules` is of another kind.
    """
    for field, value, kind in (("case", case, Case), ("by", by, Person)):
        if value is not None:
            require_kind(value, kind, field=field)
    require_kind(rules, Rules, field="rules")
    chosen = list_names(triggers or (), known=TRIGGERS, field="triggers")
    if case is None and {*chosen} <= {"receive"}:
        return requests(by=by)
    found = [
        act
        for each in (_make_samples() if case is None else (case,))
        for act in list_acts(each, rules, at or each.updated_at, by=by, recorded=well_formed)
        if not chosen or act.trigger in chosen
    ]
    likely = [act for act in found for _ in range(_WEIGHTS.get(act.trigger, 1))]
    return build_again(st.sampled_from(likely)) if likely else st.nothing()


@cache
def _make_samples() -> tuple[Case, ...]:
    """Return cases that between them have every act."""
    found = (each.case for each in histories(depth=4, kinds=[Kind.CONDUCT, Kind.PROPOSAL]))
    return tuple({(each.state, each.holder, each.handled_by): each for each in found}.values())


def list_acts(
    case: Case, rules: Rules, at: datetime, *, by: Person | None = None, recorded: bool = True
) -> list[Act]:
    """Return the acts on a case that the rules record, or those with one thing wrong."""
    hours, found = make_lookup(make_hours()), list[Act]()
    context = DecisionContext(at=at, rules=rules, calendar_for=hours, named_by_code=True)
    well = (*GOOD_ACTS, *OTHER_WAYS, *SAME_WAYS)
    people = [(by, "right")] if by else list_actors(case)
    for variant in well if recorded else (*GOOD_ACTS, *SPOILED_ACTS):
        fields = (
            None
            if variant.trigger in SYSTEM_TRIGGERS
            else variant.find(Situation(case, at, rules, hours))
        )
        for person, identity in people if fields is not None else ():
            if identity == "right" or not (recorded or variant in SPOILED_ACTS):
                act = ACTS[variant.trigger](by=person, **dict(fields or ()))
                if isinstance(decide(case, act, context), Recorded) is recorded:
                    found.append(act)
    return found


def case_of(
    lines: Sequence[Line], *, rules: Rules = HOA_BINH_2019, calendar: CalendarChoice | None = None
) -> Case:
    """Return the case that the lines of an act log lead to, by replaying them in memory.

    Args:
        lines: of one case, such as `histories_of` draws. Each is recorded.
        rules: with the limits and readings to apply.
        calendar: the office hours, as a `Desk` takes them.

    Raises:
        InputError: a line that is not recorded, or lines of no case or of several.
    """
    desk = Desk(rules=rules, calendar=calendar)
    raw = [json.dumps(line).encode() for line in lines]
    for outcome in replay(raw, desk=desk, name="lines"):
        if outcome.outcome != "recorded":
            why = ", ".join(reason.code for reason in outcome.reasons)
            raise InputError(
                field="lines", code="line_not_recorded", number=outcome.line, detail=why
            )
    rows = desk.store.find(Query(limit=2)).rows
    if len(rows) != 1:
        raise InputError(field="lines", code="lines_of_one_case", count=len(rows))
    return desk.get(rows[0].case)


def histories_of(
    rules: Rules, *, calendar: CalendarChoice | None = None, most_acts: int = 8
) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Draw the history of a case as lines of an act log, all of which the rules allow.

    Each line is a dictionary in the format of `phananh replay`. The case is named A. `case_of`
    gives the case. Between two acts passes a minute, an hour, a day, or the time until the limit
    runs out or a microsecond more.

    Args:
        rules: that decide on the acts.
        calendar: the office hours, as a `Desk` takes them, preset A by default.
        most_acts: the most acts after the receipt, 0 for the receipt alone.

    Raises:
        InputTypeError: `rules` is no `Rules`.
        InputError: `most_acts` is no whole number, 0 or more.
    """
    require_kind(rules, Rules, field="rules")
    require_number(most_acts, least=0, field="most_acts")
    begins = instants(first=max(rules.valid_from, date(2019, 1, 2)), last=date(2026, 6, 30))

    @st.composite
    def lines_of_case(draw: st.DrawFn) -> list[dict[str, Any]]:
        desk = Desk(rules=rules, calendar=calendar, randbits=lambda _bits: 0)
        at, act = draw(begins), draw(_RECEIPTS)
        case = desk.do(None, act, at=at)
        lines = [make_line(act, at, case="A")]
        for _ in range(draw(st.integers(0, most_acts))):
            edges = [case.clock.late_after] * 2 if case.clock else []
            later = [*(at + step for step in _STEPS), *(edge for edge in edges if edge >= at)]
            at = draw(st.sampled_from(later)) + draw(st.sampled_from((0, 0, 1))) * _TICK
            at = datetime.fromisoformat(at.isoformat())
            seen = desk.as_of(case, at=at)
            try:
                act = draw(acts(case=seen, rules=rules, at=at))
                case = desk.do(case, act, at=at)
            except (CoverageError, RefusedError):
                continue  # the hours of the desk may differ from those of a walk
            lines.append(make_line(act, at, case="A"))
        return lines

    return lines_of_case()


# Most lack nothing, and are of a kind that is handled.
_HANDLED = requests(complete=True, kinds=[kind for kind in Kind if kind not in EXCLUDED])
_RECEIPTS: st.SearchStrategy[Act] = st.one_of(_HANDLED, _HANDLED, requests())


def cases(
    *, rules: Rules = HOA_BINH_2019, calendar: CalendarChoice | None = None, most_acts: int = 8
) -> st.SearchStrategy[Case]:
    """Draw cases that such histories lead to, printed as the call that replays them.

    Args:
        rules: that decide on the acts.
        calendar: the office hours, as a `Desk` takes them, preset A by default.
        most_acts: the most acts after the receipt, 0 for the receipt alone.

    Raises:
        InputTypeError: `rules` is no `Rules`.
        InputError: `most_acts` is no whole number, 0 or more.
    """
    lines = histories_of(rules, calendar=calendar, most_acts=most_acts)
    given: dict[str, Any] = {"rules": rules} if rules != HOA_BINH_2019 else {}
    given |= {"calendar": calendar} if calendar is not None else {}
    return st.builds(case_of, lines, **{name: st.just(value) for name, value in given.items()})
