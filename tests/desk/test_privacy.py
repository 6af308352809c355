"""What can name people is erased on demand, and shows in no repr, error or message."""

import pickle

import pytest

from phananh import ConflictError, Desk, RefusedError
from phananh.regulation.values.acts import Answer
from tests.desk import people as p


def test_no_name_in_a_repr(desk: Desk) -> None:
    """Neither a case, nor an event, nor an act, nor an error shows a name or what was said."""
    case = desk.answer(p.with_officer(desk), text="bí mật", by=p.OFFICER)
    with pytest.raises(RefusedError) as caught:
        desk.publish(case, text="Người gửi mẫu nói", by=p.OPERATOR)
    shown = repr([case, desk.history(case), Answer(text="bí mật", by=p.OFFICER), caught.value])
    for secret in ("Người gửi mẫu", "0218", "mau@example.vn", p.SAID, "bí mật", str(case.code)):
        assert secret not in shown + str(caught.value) + str(caught.value.as_dict())


def test_no_id_of_a_citizen_in_a_repr(desk: Desk) -> None:
    """The id that a citizen acts by is personal: no repr of a person, case, act or event has it."""
    case = desk.receive(kind="service", channel="portal", content=p.SAID, by=p.CITIZEN)
    act = Answer(text="Đã rõ", by=p.CITIZEN)
    assert p.CITIZEN.id not in repr([p.CITIZEN, case, desk.history(case), act])
    assert p.OFFICER.id in repr(p.OFFICER)


def test_no_name_in_a_pickled_error(desk: Desk) -> None:
    """An error that travels, as task queues send them, leaves the fresh case behind."""
    case = p.with_officer(desk)
    desk.answer(case, text="bí mật", by=p.OFFICER)
    with pytest.raises(ConflictError) as caught:
        desk.answer(case, text="bí mật", by=p.OFFICER)
    assert caught.value.fresh == desk.get(case.id)
    sent = pickle.dumps(caught.value)
    for secret in ("Người gửi mẫu", "mau@example.vn", p.SAID, "bí mật", str(case.code)):
        assert secret.encode() not in sent
    back = pickle.loads(sent)
    assert (str(back), back.fresh) == (str(caught.value), None)
