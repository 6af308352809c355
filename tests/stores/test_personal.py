"""What is personal of an event: kept apart, compared with its marks, and gone once erased."""

import json
import pickle

import pytest

from phananh.errors import CorruptError
from phananh.regulation.request import ErasedPerson, Person, Role
from phananh.stores.codec import decode, encode, erase_event
from phananh.testing.sample_events import OPERATOR, SECRETS, received

SALT = b"sixteen bytes ok"
CITIZEN = Person(id="kh-0912", role=Role.CITIZEN, unit="UBND xã")


def test_other_personal_values_are_seen() -> None:
    """A personal value that was changed, or is another event's, or is lost, is a CorruptError."""
    body, personal = encode(received("HB-1", by=CITIZEN), SALT)
    assert personal is not None
    other = encode(received("HB-2"), SALT)[1]
    changed = personal.replace("0912", "0913"), personal.replace("kh-0", "kh-1")
    for text in (*changed, other, "{}", personal + " ", personal[:-1], "[]", "{", ""):
        with pytest.raises(CorruptError):
            decode("Received", body, text, SALT, case="HB-1", version=1)
    with pytest.raises(CorruptError):
        decode("Received", body, personal, b"another salt....", case="HB-1", version=1)


def test_damage_repeats_nothing_personal() -> None:
    """Whatever byte of a personal text is damaged, no error, nor one behind it, repeats it."""
    body, personal = encode(received("HB-1", by=CITIZEN, content="Bùi Thị Kín"), SALT)
    assert personal is not None
    for place in range(len(personal)):
        for damage in ('"', "\\", "\n", "}", "", "x"):
            text = personal[:place] + damage + personal[place + 1 :]
            try:
                decode("Received", body, text, SALT, case="HB-1", version=1)
            except CorruptError as error:
                held = [str(error), repr(error), repr(error.facts)]
                behind: BaseException | None = error
                while behind is not None:
                    held += [str(behind), repr(behind.args), str(getattr(behind, "doc", ""))]
                    behind = behind.__cause__ or behind.__context__
                for secret in ("Kín", "kh-0912", SECRETS[0], SECRETS[1]):
                    assert secret not in "".join(held)


def test_what_was_erased_before_it_was_written_is_not_lost() -> None:
    """An event of an erased history, written into another store, reads as it did."""
    gone = erase_event(received("HB-1", by=CITIZEN), SALT)
    body, personal = encode(gone, SALT)
    assert decode("Received", body, personal, SALT, case="HB-1", version=1) == gone


def test_the_id_of_a_citizen_is_personal() -> None:
    """Who sent or rated is not in the body, and can be erased; an officer stays named."""
    event = received("HB-1", by=CITIZEN)
    body, personal = encode(event, SALT)
    assert CITIZEN.id not in body
    assert json.loads(personal or "{}")["by"] == CITIZEN.id
    assert decode("Received", body, personal, SALT, case="HB-1", version=1) == event
    gone = decode("Received", body, None, case="HB-1", version=1)
    assert isinstance(gone.by, ErasedPerson)
    assert (gone.by.id.length, gone.by.role, gone.by.unit) == (7, Role.CITIZEN, "UBND xã")
    assert OPERATOR.id in encode(received("HB-1"), SALT)[0]


def test_no_error_holds_what_is_personal() -> None:
    """An error, and whatever hangs on it, holds no personal text, however it was damaged."""
    body, personal = encode(received("HB-1", by=CITIZEN), SALT)
    assert personal is not None
    for text in (personal.replace('":"', '":', 1), personal.replace('"}', "}"), personal + "}"):
        with pytest.raises(CorruptError) as caught:
            decode("Received", body, text, SALT, case="HB-1", version=1)
        error: BaseException | None = caught.value
        while error is not None:
            assert b"0912" not in pickle.dumps(error)
            error = error.__cause__ or error.__context__
