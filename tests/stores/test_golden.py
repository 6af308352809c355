"""A history that was stored by format 1 is read for ever, byte for byte.

`history-v1.jsonl`, which comes with the test kit, holds every type of event as the store keeps
it. It was written once, by `write(PATH)` below; an event type that came later was added at its
end. It is never written again: when the format changes, write a `history-v2.jsonl` beside it,
and keep this one readable.
"""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import attrs
import pytest

from phananh.regulation.case import fold
from phananh.regulation.events import EVENTS, Event, FindingsReported
from phananh.stores import codec
from phananh.stores.codec import FORMAT, decode, encode, erase_event
from phananh.testing.sample_events import every_event

PATH = Path(str(files("phananh.testing").joinpath("history-v1.jsonl")))
SALT = b"golden salt, v1."


@pytest.fixture(autouse=True)
def new_codec() -> None:
    """Forget the readers and writers that other tests have made."""
    for made in (codec._form_of, codec.make_reader, codec.make_writer):
        made.cache_clear()


def history() -> tuple[Event, ...]:
    """Return what was written, before findings named documents."""
    return tuple(
        attrs.evolve(event, documents=()) if isinstance(event, FindingsReported) else event
        for event in every_event("HB-GOLDEN")
    )


def lines() -> list[str]:
    """Return the stored history of today: a line of JSON for each event."""
    stored = []
    for event in history():
        body, personal = encode(event, SALT)
        line = {
            "type": type(event).__name__,
            "case": event.case,
            "version": event.n,
            "body": body,
            "personal": personal,
        }
        stored.append(json.dumps(line, ensure_ascii=False))
    return stored


def write(path: Path) -> None:
    """Write the stored history of today; for a new format, to a new file."""
    path.write_text("\n".join(lines()) + "\n", encoding="utf-8")


def read(*, personal: bool) -> tuple[Event, ...]:
    """Return the events of the file, with or without what is personal."""
    events = []
    for line in PATH.read_text(encoding="utf-8").splitlines():
        kept = json.loads(line)
        private = kept["personal"] if personal else None
        where = {"case": kept["case"], "version": kept["version"]}
        events.append(decode(kept["type"], kept["body"], private, SALT, **where))
    return tuple(events)


def test_golden_history_is_read_as_it_was_written() -> None:
    """Every event of the file is read, equal to the event that was written."""
    assert read(personal=True) == history()


def test_golden_history_is_read_after_erasure() -> None:
    """Without the personal texts every event of the file is read, and folds to the same state."""
    found = read(personal=False)
    assert found == tuple(erase_event(event, SALT) for event in history())
    assert fold(found).state == fold(history()).state


def test_golden_history_holds_every_type() -> None:
    """An event type that is new has to be added to a golden file, of this format or the next."""
    assert {type(event) for event in read(personal=True)} == set(EVENTS.values())


def _drop_later(value: Any, known: Any) -> Any:
    """Return plain data without the keys, None or false, that the data known first lacks."""
    if not isinstance(value, dict) or not isinstance(known, dict):
        return value
    kept = {
        name: each for name, each in value.items() if each not in (None, False) or name in known
    }
    return {name: _drop_later(each, known.get(name)) for name, each in kept.items()}


def without_later_fields(line: str, first: str) -> str:
    """Return a stored line without the fields, None or false, that the line written first lacks."""
    kept = json.loads(line)
    left = _drop_later(json.loads(kept["body"]), json.loads(json.loads(first)["body"]))
    kept["body"] = json.dumps(left, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(kept, ensure_ascii=False)


@pytest.mark.skipif(FORMAT != 1, reason="a later format writes other bytes, and reads these")
def test_format_1_writes_these_bytes() -> None:
    """While the format is 1 the same event is written as the same bytes, digests included.

    A field that was added since is None or false in an event that has nothing to say there.
    """
    first = PATH.read_text(encoding="utf-8").splitlines()
    assert [without_later_fields(*pair) for pair in zip(lines(), first, strict=True)] == first
