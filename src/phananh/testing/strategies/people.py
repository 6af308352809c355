"""Hypothesis strategies for persons, senders and their requests (Art. 4-7).

There are few people and units, so that an accused person often acts.
"""

from collections.abc import Iterable, Sequence
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

import attrs

from phananh.regulation.acts import Receive
from phananh.regulation.cleaning import is_same_id
from phananh.regulation.request import Accused, Channel, Kind, Person, Role, Sender
from phananh.testing.arguments import list_given, list_members, list_names, require_kind
from phananh.testing.drawing import note, st
from phananh.testing.exploration import cast

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
