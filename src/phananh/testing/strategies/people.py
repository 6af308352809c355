"""Hypothesis strategies for persons, senders and their requests (Art. 4-7).

There are few people and units, so that an accused person often acts.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from phananh.regulation.acts import Receive
from phananh.regulation.cleaning import is_same_id
from phananh.regulation.request import Accused, Channel, Kind, Person, Role, Sender
from phananh.testing.arguments import list_given, list_members, list_names, require_kind
from phananh.testing.drawing import st
from phananh.testing.strategies.choice import choose
from phananh.testing.strategies.source_code import print_as_code

PEOPLE = (
    Person(id="OP-1", role="operator"),
    Person(id="CB-1", role="officer", unit="MC-1"),
    Person(id="DM-1", role="agency", unit="SO-1"),
    Person(id="LD-1", role="leadership", unit="TT-1"),
    Person(id="NV-1", role="provider", unit="BD-1"),
    Person(id="KH-1", role="citizen"),
    Person(id="TT-MC-1", role="agency_head", unit="MC-1"),
    Person(id="TT-SO-1", role="agency_head", unit="SO-1"),
    Person(id="TT-BD-1", role="agency_head", unit="BD-1"),
    Person(id="OP-2", role="operator"),
    Person(id="CB-2", role="officer", unit="MC-1"),
    Person(id="DM-2", role="agency", unit="SO-1"),
    Person(id="DM-3", role="agency", unit="SO-2"),
    Person(id="TT-SO-2", role="agency_head", unit="SO-2"),
    Person(id="LD-2", role="leadership", unit="TT-1"),
    Person(id="NV-2", role="provider", unit="BD-1"),
    Person(id="KH-2", role="citizen"),
    Person(id="VP-1", role="office"),
)
"""Everybody who is drawn: of most roles two, of an agency's unit the focal point and the head."""

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

_STAFF = [person for person in PEOPLE if person.role is not Role.CITIZEN and person.unit]
_SENDERS = {
    "name": (None, "Nguyễn Văn An", "An"),
    "phone": (None, "02183831022", "+84 218 383 1022", "không có"),
    "email": (None, "an@vidu.vn", "an@vidu"),
    "address": (None, "Tổ 5, phường Phương Lâm"),
    "id": (None, "KH-1"),
}
USUAL_SENDER = Sender(name="Nguyễn Văn An", phone="02183831022")
"""A sender of whom nothing is missing."""


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
    people = st.sampled_from(found)
    if accused is None:
        return print_as_code(people)
    named = list_given(accused, field="accused")
    for each in named:
        require_kind(each, Accused, field="accused")
    ids = [spelt for each in named if each.id for spelt in _spell(each.id)]
    drawn = st.builds(lambda person, name: attrs.evolve(person, id=name), people, _pick(ids))
    return print_as_code(drawn)


def _spell(name: str) -> Sequence[str]:
    return tuple(dict.fromkeys((name, name.lower(), name.upper())))


def _pick(options: Sequence[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(options) if options else st.nothing()


def senders(*, hostile: bool = False) -> st.SearchStrategy[Sender]:
    """Draw senders with parts that may be missing or useless. The simplest can be answered.

    Args:
        hostile: names and addresses that careless programs lose, run or show.
    """
    lines = [text for text in HOSTILE if len(text) <= 300 and not {"\n", "\r"} & {*text}]
    odd = st.sampled_from(lines if hostile else [None])
    parts: dict[str, Any] = {name: st.sampled_from(known) for name, known in _SENDERS.items()}
    parts |= {name: st.one_of(parts[name], odd) for name in ("name", "address")}
    return print_as_code(st.one_of(st.just(USUAL_SENDER), st.builds(Sender, **parts)))


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
    chosen = (
        list_members(Kind, kinds, field="kinds"),
        list_members(Channel, channels, field="channels"),
    )
    if by is not None:
        require_kind(by, Person, field="by")
    return print_as_code(_requests(*chosen, by=by, hostile=hostile, complete=complete))


@st.composite
def _requests(
    draw: st.DrawFn,
    kinds: Sequence[Kind],
    channels: Sequence[Channel],
    *,
    by: Person | None,
    hostile: bool,
    complete: bool,
) -> Receive:
    kind, channel = choose(draw, kinds), choose(draw, channels)
    callers = _CALLERS[:2] if channel is Channel.PHONE else _CALLERS
    texts = CONTENTS if complete else (*CONTENTS, "", " ")
    is_odd = hostile and choose(draw, (False, True))
    counts = (0, 1, 2) if kind is Kind.CONDUCT else (0, 0, 1)
    return Receive(
        kind=kind,
        channel=channel,
        content=draw(_ODD) if is_odd else choose(draw, texts),
        sender=USUAL_SENDER if complete else draw(_SENDERS_BY[hostile]),
        accused=tuple(choose(draw, _ACCUSED) for _ in range(choose(draw, counts))),
        about_unit=choose(draw, (None, "MC-1", "SO-1")),
        language="vi" if complete else choose(draw, ("vi", "vi", "en", "zh-Hant")),
        by=choose(draw, callers) if by is None else by,
    )


# What may stand in a text: anything but NUL and lone surrogates.
_LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
_ODD = st.one_of(st.sampled_from(HOSTILE[2:]), st.text(_LETTERS, min_size=1, max_size=40))
_SENDERS_BY = {hostile: senders(hostile=hostile) for hostile in (False, True)}
_CALLERS = [each for role in ("operator", "citizen") for each in PEOPLE if each.role == role]
# Those who act, and some of whom only the unit is known.
_ACCUSED = [Accused(id=person.id, unit=person.unit or "") for person in _STAFF]
_ACCUSED.insert(2, Accused(unit="MC-1"))
