"""Nothing that was erased is left in any byte of any file of an SQLite store."""

import subprocess
import sys
from hashlib import blake2b, sha256
from pathlib import Path

import pytest

from phananh import Desk, Person, Sender
from phananh.regulation.acts import Receive
from phananh.regulation.case import fold
from phananh.stores import SqliteStore
from phananh.stores.codec import write_act
from tests.desk import people as p

CITIZEN = Person(id="cd-7319-bí-mật", role="citizen")
SENDER = Sender(name="Lò Thị Bí Mật", phone="0987-301-246", email="lo.bi.mat@example.vn")
CONTENT = "Cán bộ đã đòi tiền của tôi, số nhà 17 ngõ 5. " * 300
TEXTS = (
    "Ba lần tôi đến đều vắng",
    "Kính gửi bà Lò Thị Bí Mật",
    "giấy-hẹn-lò.pdf",
    "Một người dân hài lòng",
)


def live_through(desk: Desk, name: str) -> str:
    """Let a citizen write, add, get an answer and rate it; return the id of the case."""
    said, answer, document, praise = TEXTS
    act = Receive(kind="regulation", channel="portal", content=CONTENT, sender=SENDER, by=CITIZEN)
    case = desk.do(None, act, command_id=f"{name}-receive")
    case = desk.note(case, text=said, by=CITIZEN, command_id=f"{name}-note")
    case = desk.escalate(case, to=p.OFFICER, by=p.OPERATOR, command_id=f"{name}-escalate")
    case = desk.answer(
        case, text=answer, documents=[document], by=p.OFFICER, command_id=f"{name}-answer"
    )
    case = desk.publish(case, text=praise, by=p.OPERATOR, command_id=f"{name}-publish")
    return desk.rate(case, score=5, by=CITIZEN, command_id=f"{name}-rate").id


def read_files(folder: Path) -> bytes:
    """Return the bytes of all files, read by another process: opening drops SQLite's locks."""
    code = (
        "import sys, pathlib as p; d = p.Path(sys.argv[1]); "
        "sys.stdout.buffer.write(b''.join(f.read_bytes() for f in sorted(d.iterdir())))"
    )
    command = [sys.executable, "-c", code, str(folder)]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout


def list_digests(texts: list[str]) -> list[str]:
    """Return what tells a text to whoever tries all texts: its digests without a key."""
    data = [text.encode() for text in texts]
    return [
        *(blake2b(each, digest_size=16).hexdigest() for each in data),
        *(sha256(each).hexdigest() for each in data),
    ]


@pytest.mark.parametrize("synchronous", ["FULL", "NORMAL"])
def test_nothing_personal_is_left_in_any_file(tmp_path: Path, synchronous: str) -> None:
    """Texts, the citizen's id, the code and every digest without a key: all of them are gone."""
    store = SqliteStore(tmp_path / "cases.db", synchronous=synchronous)
    desk = Desk(store=store, clock=p.Hand())
    cases = [live_through(desk, name) for name in "abc"]
    code = str(fold(store.load(cases[1])).code)
    act = Receive(kind="regulation", channel="portal", content=CONTENT, sender=SENDER, by=CITIZEN)
    said = write_act(act, None, with_time=False).decode()
    contacts = [SENDER.name, SENDER.phone, SENDER.email]
    texts = [str(text) for text in (*contacts, CONTENT[:48], *TEXTS, CITIZEN.id, code)]
    before = read_files(tmp_path)
    assert all(text.encode() in before for text in texts), "the test looks in the wrong place"
    for case in cases:
        desk.erase(case)
    hidden = [*texts, *list_digests([*texts, CONTENT, said])]
    for moment in ("open", "closed"):
        left = read_files(tmp_path)
        assert [text for text in hidden if text.encode() in left] == [], moment
        store.close()
    with SqliteStore(tmp_path / "cases.db") as again:
        assert [*again.find_damage()] == []
