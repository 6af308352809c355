"""A history holds what was allowed when it was recorded: it is read past the checks of today."""

import json
from hashlib import blake2b

from phananh.regulation.case import fold
from phananh.regulation.conduct import is_accused
from phananh.regulation.request import Sender
from phananh.stores.codec import decode
from phananh.testing.sample_events import completed
from tests.stores.test_codec import SALT, make_broken_body


def test_a_history_outlives_stricter_ids() -> None:
    """What no act may hold any more is still read, added up and gone on with."""
    odd = {"id": "CB\u00a01", "unit": "S\u0251\u200b"}
    body = make_broken_body(by={**odd, "role": "operator"}, accused=[odd], language="Ti\u1ebfng")
    data = json.loads(body)
    text = '"sender":{"name":"A\\nB","address":null,"phone":null,"email":null}'
    said = text.partition(":")[2]
    digest = blake2b(said.encode(), key=SALT, digest_size=16).hexdigest()
    data["sender"] = {"length": len(said), "digest": digest}
    rest = {"content": "x", "code": "y"}
    for name, value in rest.items():
        digest = blake2b(value.encode(), key=SALT, digest_size=16).hexdigest()
        data[name] = {"length": 1, "digest": digest}
    private = "{" + text + "".join(f',"{name}":"{value}"' for name, value in rest.items()) + "}"
    first = decode("Received", json.dumps(data), private, SALT, case="HB-1", version=1)
    assert first.by.id == "CB\u00a01"
    case = fold((first, completed("HB-1", 2, sender=Sender(phone="0912"))))
    assert isinstance(case.sender, Sender)
    assert (case.sender.name, case.sender.phone) == ("A\nB", "0912")
    assert is_accused(case, "cb\u00a01")
    assert not is_accused(case, "CB 1")
