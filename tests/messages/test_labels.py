"""Every slug of the code has its words, in Vietnamese and in English (Art. 2-9)."""

import re
from pathlib import Path

import attrs
import pytest

import phananh.regulation as package
from phananh.errors import Refusal
from phananh.messages.labels import STEPS, WORDS, word
from phananh.messages.refusals import BY_FACT, REFUSALS
from phananh.regulation import acts as a
from phananh.regulation.conduct import EVERY_ACT
from phananh.regulation.decide import Refused, decide
from phananh.regulation.intake import REQUIREMENTS
from phananh.regulation.lifecycle import LIFECYCLE
from phananh.regulation.request import Channel, Kind, Role, Sender, State
from tests.regulation import cast
from tests.regulation.positions import POSITIONS, make_whole, people
from tests.regulation.variants import VARIANTS

FOLDER = Path(package.__file__).parent
# What nobody should have to read: braces, and slugs that have words.
ENUMS = {"state": State, "role": Role, "kind": Kind, "channel": Channel}


def asked_again():
    """Return a case that went to the same agency again, when nothing of its limit was left."""
    case = cast.at_agency()
    found = cast.record(case, cast.FOUND, at=case.due)
    return cast.record(found, cast.verification_request(found))


WORLDS = {
    **POSITIONS,
    "a complaint": lambda: cast.received_case("complaint"),
    "asked again with nothing left": asked_again,
    "blank and foreign": lambda: cast.received_case(content=" ", language="fr"),
    "withdrawn": lambda: cast.record(cast.received_case(), a.Withdraw(by=cast.CITIZEN)),
    "told": lambda: make_whole("received/operator"),
    "full": lambda: attrs.evolve(cast.received_case(), version=10_000),
    "nobody": lambda: cast.received_case(sender=Sender()),
    "rescheduled": lambda: cast.record(
        cast.at_agency(),
        a.Reschedule(by=cast.FOCAL, to=cast.MONDAY + 9 * cast.DAY, reason="Chờ hồ sơ gốc"),
    ),
}


def codes() -> set[str]:
    """Return every refusal code: of the guards, and those written out in the code."""
    guards = {guard.code for row in LIFECYCLE for guard in row.guards}
    guards |= {guard.code for guard in EVERY_ACT}
    for path in FOLDER.rglob("*.py"):
        guards |= set(re.findall(r'Refusal\(\s*code="(\w+)"', path.read_text(encoding="utf-8")))
    return guards


def refusals():
    """Yield every reason that the positions give to every act by everybody."""
    for place, story in WORLDS.items():
        case = story()
        soon = case.updated_at + cast.MINUTE
        for at in (soon, case.due, case.due + cast.US) if case.due else (soon,):
            for _, by in people(case):
                for _, _, make in VARIANTS:
                    decision = decide(case, make(by, case, at), cast.context(at))
                    if isinstance(decision, Refused):
                        yield from ((place, reason) for reason in decision.reasons)


def test_every_slug_has_words():
    """Each state, role, kind, channel, act, reason, caution and refusal has words, and no more."""
    for group, members in ENUMS.items():
        assert WORDS[group].keys() == {member.value for member in members}
    assert WORDS["trigger"].keys() & STEPS.keys() >= a.ACTS.keys() | {"sweep"}
    assert WORDS["reason"].keys() == WORDS["guidance"].keys() == REQUIREMENTS.keys()
    cautions = (FOLDER / "cautions.py").read_text(encoding="utf-8")
    assert WORDS["caution"].keys() == {*re.findall(r'^        "(\w+)":', cautions, re.MULTILINE)}
    assert codes() <= REFUSALS.keys()
    assert REFUSALS.keys() - codes() <= {"conflict", "invalid", "not_signed"}  # of an office


def test_both_languages_are_there():
    """No word is empty, and Vietnamese is not English."""
    pairs = [pair for group in WORDS.values() for pair in group.values()]
    for vi, en in [*pairs, *REFUSALS.values(), *BY_FACT.values()]:
        assert vi.strip()
        assert en.strip()
        assert vi != en
    assert (word("state", "overdue", "vi"), word("state", "overdue")) == ("trễ hạn", "overdue")


@pytest.mark.parametrize(
    ("most", "vi", "en"),
    [
        ("0", "quy định này không cho hẹn lại", "these rules allow no reschedule"),
        (
            "1",
            "đã hẹn lại, mà chỉ được hẹn lại một lần",
            "already rescheduled, which is allowed only once",
        ),
        (
            "2",
            "đã hẹn lại 2 lần, mà chỉ được hẹn lại 2 lần",
            "already rescheduled 2 times, and at most 2 are allowed",
        ),
    ],
)
def test_a_reschedule_too_many_says_the_limit(most, vi, en):
    """9.3: rules that allow none say so, and others say how many they allow."""
    refusal = Refusal(code="rescheduled_before", article=None, facts={"times": most, "most": most})
    assert (refusal.text("vi"), refusal.text()) == (vi, en)


def test_every_refusal_can_be_said():
    """The words of each refusal take the facts that its guard gives, with no slug of a role."""
    said, slugs = set(), {e for name in {*WORDS} - {"language"} for e in WORDS[name]}
    for place, reason in refusals():
        for lang in ("vi", "en"):
            text = reason.text(lang)
            assert text, place
            assert not any(slug in text for slug in ("{", "}", "_")), text
            assert lang == "en" or not slugs & {*re.findall(r"\w+", text)} - {
                reason.facts.get("calendar")
            }, text
        said.add(reason.code)
    assert said >= {guard.code for row in LIFECYCLE for guard in row.guards} - {"rated_before"}


def test_no_refusal_tells_who():
    """No words of a refusal name the accused or the sender (8.1.c2; reading R12)."""
    secrets = (cast.CULPRIT.id, cast.SPELT, cast.SENDER.name, "3831022", cast.SENDER.email)
    for reason in {(r.code, r.article, str(r.facts)): r for _, r in refusals()}.values():
        assert not any(secret in str(reason.as_dict()) for secret in secrets)
