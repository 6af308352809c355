"""What an act says, drawn for the case it is done on: mostly what fits, now and then not."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from unicodedata import normalize

from tests.oracle.acts.case import Case
from tests.oracle.acts.form import CHANNELS, KINDS, REASONS, TARGETS
from tests.oracle.logs.chance import MICROSECOND, Chance
from tests.oracle.logs.people import EVERYBODY, HEADS, IDS, UNITS, receiver

Body = dict[str, Any]

BLANKS = ("", " ", "\u00a0", "\u200b", "\t\n", "\u3000")
TEXTS = ("Đã trả lời", "Nội dung xử lý", normalize("NFD", "Phản ánh thủ tục"), "ok", "x\u2028y")
SENDERS: dict[str, Sequence[str | None]] = {
    "name": ("Người gửi mẫu", "", None, " "),
    "address": ("Số 1, phố Mẫu", "", None),
    "phone": ("0218 383 1022", "02183.1022", "", "abc", None),
    "email": ("mau@example.vn", "", None, "a@b@c"),
}
_COMMON_KINDS = ("regulation", "conduct", "conduct", "information", "service")
_NEAR = (
    timedelta(0),
    MICROSECOND,
    -MICROSECOND,
    timedelta(hours=1),
    timedelta(hours=5),
    timedelta(hours=8),
    timedelta(days=1),
    timedelta(days=-1),
)


def text(chance: Chance) -> str:
    """Return a text, now and then one in which there is nothing to be seen."""
    return chance.one_of(BLANKS if chance.happens(chance.wild * 0.3) else TEXTS)


def _sender(chance: Chance) -> dict[str, str | None]:
    if chance.happens(0.08):
        return {"name": SENDERS["name"][0]}
    found = {}
    for key, values in SENDERS.items():
        if chance.happens(0.75):
            found[key] = values[0]
        elif chance.happens(0.6):
            found[key] = chance.one_of(values)
    return found


def _accused(chance: Chance) -> list[Body]:
    found = []
    for _ in range(chance.one_of((0, 1, 1, 2))):
        pool = chance.one_of((EVERYBODY, (*HEADS, *IDS["officer"], *IDS["agency"])))
        person = chance.one_of((None, chance.spell(chance.one_of(pool))))
        found.append({"id": person, "unit": chance.spell(chance.one_of(UNITS))})
    return found


def receipt(chance: Chance, name: str) -> Body:
    """Return a receipt of a case under this name, without its time."""
    kind = chance.one_of(KINDS if chance.happens(0.3) else _COMMON_KINDS)
    by = receiver(chance)
    written = by["role"] == "citizen" and chance.happens(0.6)
    found: Body = {
        "act": "receive",
        "by": by,
        "case": name,
        "kind": kind,
        "channel": chance.one_of(CHANNELS[1:] if written else CHANNELS),
        "content": text(chance),
        "sender": _sender(chance),
    }
    if chance.happens(0.8 if kind == "conduct" else 0.1):
        found["accused"] = _accused(chance)
    if chance.happens(0.2):
        found["about_unit"] = chance.one_of(UNITS)
    if chance.happens(0.15):
        found["language"] = chance.one_of(("vi", "en", "VI", "fr"))
    return found


def _complete(chance: Chance, case: Case, at: datetime) -> Body:
    drawn: dict[str, tuple[float, Callable[[], Any]]] = {
        "content": (0.5, lambda: text(chance)),
        "sender": (0.4, lambda: _sender(chance)),
        "kind": (0.2, lambda: chance.one_of(KINDS)),
        "accused": (0.3, lambda: _accused(chance)),
        "about_unit": (0.15, lambda: chance.one_of(UNITS)),
        "language": (0.1, lambda: chance.one_of(("vi", "en"))),
    }
    return {key: value() for key, (share, value) in drawn.items() if chance.happens(share)}


def _reject(chance: Chance, case: Case, at: datetime) -> Body:
    reasons: list[str] = [
        chance.one_of(REASONS) for _ in range(chance.one_of((0, 1, 1, 1, 1, 2, 3)))
    ]
    if chance.happens(0.5):
        complaint = case.kind in ("complaint", "denunciation")
        other = "out_of_competence" if case.is_competent is False else "unclear"
        reasons = ["complaint_or_denunciation" if complaint else other]
    return {"reasons": reasons, "guidance": text(chance)}


def _text(chance: Chance, case: Case, at: datetime) -> Body:
    return {"text": text(chance)}


def _advise(chance: Chance, case: Case, at: datetime) -> Body:
    return {**_text(chance, case, at), "within_competence": chance.happens(0.5)}


def _public(chance: Chance, case: Case, at: datetime) -> Body:
    given = [case.sender[key] for key in case.sender if case.sender[key] == SENDERS[key][0]]
    if given and chance.happens(chance.wild * 0.3):
        return {"text": f"Trả lời {chance.spell(chance.one_of(given))} như sau"}
    return _text(chance, case, at)


def _publish(chance: Chance, case: Case, at: datetime) -> Body:
    accused = [each["id"] for each in case.accused if each.get("id")]
    if accused and chance.happens(0.15):
        return {"text": f"Về {chance.spell(chance.one_of(accused))}, đã xử lý"}
    return _public(chance, case, at)


def _answer(chance: Chance, case: Case, at: datetime) -> Body:
    body = _text(chance, case, at)
    if chance.happens(0.1):
        body["documents"] = chance.one_of(([], ["qd.pdf"], ["a", "b"]))
    return body


def _escalate(chance: Chance, case: Case, at: datetime) -> Body:
    role = "provider" if case.kind == "service" else "officer"
    if chance.happens(0.12):
        role = "leadership"
    elif chance.happens(0.15):
        role = chance.one_of(TARGETS)
    pool = EVERYBODY if chance.happens(chance.wild * 0.3) else IDS[role]
    to = {"role": role, "id": chance.spell(chance.one_of(pool))}
    if chance.happens(0.75):
        to["unit"] = chance.spell(chance.one_of(UNITS))
    return {"to": to}


def _request_verification(chance: Chance, case: Case, at: datetime) -> Body:
    appointment = at + timedelta(days=3)
    if chance.happens(0.3):
        appointment = at + chance.one_of(_NEAR)
    agency = chance.spell(chance.one_of(UNITS))
    body = {"agency": agency, "appointment": chance.instant(appointment)}
    if chance.happens(0.5):
        pool = IDS["agency"] if chance.happens(0.9) else EVERYBODY
        body["focal"] = chance.spell(chance.one_of(pool))
    return body


def _reschedule(chance: Chance, case: Case, at: datetime) -> Body:
    due = case.due or (case.lapses[-1].due if case.lapses else at)
    later = due + timedelta(hours=chance.one_of((1, 8, 24)))
    to = later if chance.happens(0.65) else due + chance.one_of(_NEAR)
    return {"to": chance.instant(to), "reason": text(chance)}


def _reassign(chance: Chance, case: Case, at: datetime) -> Body:
    fitting = IDS[case.holder] if case.holder in ("agency", "provider") else IDS["officer"]
    pool = EVERYBODY if chance.happens(0.15) else fitting
    to = {"id": chance.spell(chance.one_of(pool))}
    if case.unit is not None and chance.happens(0.5):
        to["unit"] = chance.spell(case.unit)
    elif chance.happens(0.1):
        to["unit"] = chance.one_of(UNITS)
    return {"to": to}


def _notify_unit(chance: Chance, case: Case, at: datetime) -> Body:
    theirs = [accused["unit"] for accused in case.accused]
    if case.about_unit is not None:
        theirs.append(case.about_unit)
    unit = chance.one_of(theirs if theirs and chance.happens(0.8) else UNITS)
    said = _public(chance, case, at) if chance.happens(0.5) else {}
    return {"unit": chance.spell(unit), **said}


def _rate(chance: Chance, case: Case, at: datetime) -> Body:
    if chance.happens(0.9):
        return {"score": chance.random.randint(1, 5)}
    return {"score": chance.one_of((0, 6, 4.5, True, "5", 5.0, None, -1))}


_BODIES: dict[str, Callable[[Chance, Case, datetime], Body]] = {
    "complete": _complete,
    "reject": _reject,
    "answer": _answer,
    "escalate": _escalate,
    "note": _text,
    "advise": _advise,
    "request_verification": _request_verification,
    "report_findings": _text,
    "reschedule": _reschedule,
    "reassign": _reassign,
    "notify_unit": _notify_unit,
    "close": lambda chance, case, at: {},
    "publish": _publish,
    "commend": _text,
    "rate": _rate,
}


def body(chance: Chance, act: str, case: Case, at: datetime) -> Body:
    """Return the further keys of an act on a case."""
    return _BODIES[act](chance, case, at)
