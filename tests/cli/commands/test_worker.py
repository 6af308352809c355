"""`phananh worker`: a file says what is sent, a signal ends it, and a kill loses nothing."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import attrs
import pytest

from phananh import Desk, open_store
from tests.cli.terminal import ENGLISH, command, rows, run
from tests.desk import people as p
from tests.office.mail import PASSWORD, USER, Mailbox, serve_mail

HEAD = """format = 1
[letterhead]
body = "Trung tâm mẫu"
place = "Hòa Bình"
"""
FILE = f"""{HEAD}[file]
folder = "."
sender = "tong-dai@example.vn"
[addresses]
office = "vp@example.vn"
"OF-1" = "of1@example.vn"
[heads]
"U-1" = "tt1@example.vn"
[names]
"of-1" = "Cán bộ Mẫu"
"""


SENT = "sent: 1, not sent as the sender has no e-mail: 1, given up: 0\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Return a desk on a database in the folder where the commands run."""
    monkeypatch.chdir(tmp_path)
    with open_store("office.db") as store:
        yield Desk(store=store, clock=p.Hand())


def work(*options: str, at: str = "2026-03-04T08:00") -> Any:
    """Run the worker at a moment."""
    return run("worker", "own.toml", "--db", "office.db", "--at", at, *options)


def mails() -> dict[str, str]:
    """Return the text of each e-mail in the folder by its recipient, and take the e-mails away."""
    found = {}
    for path in Path().glob("*.eml"):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        found[mail["To"]] = mail.get_body(["plain"]).get_content()  # type: ignore[union-attr]
        path.unlink()
    return found


def test_letters_and_reminders_are_written_as_the_file_says(
    desk: Desk, file: Callable[..., str]
) -> None:
    """The usual ladder: at once a receipt in own words, and at 80 % a reminder to the holder."""
    own = "{% block subject %}Mẫu{% endblock %}{% block body %}Xin chào, {{ code }}{% endblock %}"
    Path("receipt.vi.jinja").write_text(own, encoding="utf-8")
    file(FILE.replace("[letterhead]", 'templates = "."\n[letterhead]'))
    assert work("--once").exit_code == 0
    case = p.with_officer(desk)
    p.a_case(desk, sender=attrs.evolve(p.SENDER, email=None))
    done = work("--once")
    assert (done.exit_code, done.stdout) == (0, SENT), done.stderr
    ((to, text),) = mails().items()
    assert (to, f"Xin chào, {case.code}" in text) == (p.SENDER.email, True)
    ahead = work("--once", at="2198-03-04T14:05")
    assert (ahead.exit_code, "has not come yet" in ahead.stderr, mails()) == (2, True, {})
    work("--once", at="2026-03-04T14:05")
    ((to, text),) = mails().items()
    assert (to, "Cán bộ Mẫu" in text, case.id in text) == ("of1@example.vn", True, True)


def test_what_was_given_up_is_listed_and_can_be_sent_again(
    desk: Desk, file: Callable[..., str]
) -> None:
    """An address that is missing makes a reminder dead, and revived it goes to the one added.

    With `send` the file says all: there is no receipt. The night is its own too.
    """
    own = FILE + '[[send]]\nwhen = "80%"\nletter = "reminder"\nto = ["holder"]\n'
    own = own.replace("[letterhead]", "night = [22:00:00, 13:00:00]\n[letterhead]")
    file(own.replace('"OF-1" = "of1@', '"OF-2" = "of1@'))
    work("--once")
    case = p.with_officer(desk)
    done = work("--once", at="2026-03-04T14:05")
    assert (done.exit_code, "given up: 1" in done.stdout) == (3, True)
    (dead,) = rows(work("--dead", "--json"))
    assert (dead["case"], dead["when"], dead["recipient"]) == (case.id, "80%", "holder")
    assert "[addresses]" in dead["problem"]
    file(own)
    assert (work("--revive", "--once", at="2026-03-05T12:59").exit_code, mails()) == (0, {})
    work("--once", at="2026-03-05T13:00")
    assert mails().keys() == {"of1@example.vn"}


def test_a_mistake_in_the_file_is_named(desk: Desk, file: Callable[..., str]) -> None:
    """An unknown key, letter, recipient, channel or moment, what is missing, and no night."""
    rung = '[[send]]\nwhen = "{}"\nletter = "{}"\nto = ["{}"]\nby = ["{}"]\n'
    told = {
        HEAD.replace("place", "plaice"): "letterhead.plaice",
        HEAD.replace("[letter", "night = [1]\n[letter"): "night = [21:00:00, 07:00:00]",
        HEAD + '[smtp]\nhost = "localhost"\n': "smtp.sender: is missing",
        HEAD.replace("[letter", "smtp = 3\n[letter"): "3 is not",
        FILE + rung.format("Recieved", "receipt", "sender", "file"): "send[1].when",
        FILE + rung.format("+4x", "reminder", "holder", "file"): "+4h",
        FILE + rung.format("due", "remind", "holder", "file"): "reminder",
        FILE + rung.format("due", "reminder", "boss", "file"): "head",
        FILE + rung.format("due", "reminder", "holder", "smtp"): "file",
    }
    for text, words in told.items():
        file(text)
        done = work("--once")
        assert (done.exit_code, words in done.stderr) == (2, True), (words, done.stderr)


@pytest.fixture
def box() -> Mailbox:
    """Return an empty mailbox."""
    return Mailbox()


@pytest.fixture
def start(
    desk: Desk, box: Mailbox, file: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], "subprocess.Popen[bytes]"]]:
    """Return what starts the worker as a process, with a real server of e-mail."""
    monkeypatch.setenv("PHANANH_SMTP_PASSWORD", PASSWORD)
    with serve_mail(box, Path("ca.pem")) as port:
        file(
            f'{HEAD}[smtp]\nhost = "localhost"\nport = {port}\nca = "ca.pem"\n'
            f'sender = "tong-dai@example.vn"\nuser = "{USER}"\n'
        )
        assert run("worker", "own.toml", "--db", "office.db", "--once").exit_code == 0

        begun: list[subprocess.Popen[bytes]] = []

        def begin() -> "subprocess.Popen[bytes]":
            given = command("worker", "own.toml", "--db", "office.db")
            with Path("errors").open("ab") as errors:
                begun.append(subprocess.Popen(given, env=os.environ | ENGLISH, stderr=errors))
            return begun[-1]

        yield begin
        for each in begun:
            each.kill()
            each.wait()


def wait_for(box: Mailbox, count: int) -> None:
    """Wait until so many e-mails have come in."""
    end = time.monotonic() + 30
    while len(box.mails) < count:
        assert time.monotonic() < end, "no e-mail comes in"
        time.sleep(0.01)


@pytest.mark.usefixtures("true_time")
def test_a_killed_worker_sends_what_it_had_begun_under_the_same_id(
    desk: Desk, box: Mailbox, start: Callable[[], "subprocess.Popen[bytes]"]
) -> None:
    """Killed while the server has the e-mail and has not said so: once again, and no third time."""
    box.delay = 60
    p.a_case(Desk(store=desk.store))
    worker = start()
    wait_for(box, 1)
    worker.kill()
    box.delay = 0
    start()
    wait_for(box, 2)
    p.a_case(Desk(store=desk.store))
    wait_for(box, 3)
    first, again, other = (mail["Message-ID"] for mail in box.mails)
    assert (first == again, first == other) == (True, False)


@pytest.mark.usefixtures("true_time")
def test_a_signal_ends_a_worker_that_waits_for_a_server(
    desk: Desk, box: Mailbox, start: Callable[[], "subprocess.Popen[bytes]"]
) -> None:
    """SIGTERM and Ctrl-C do, within a second, and the e-mail is not lost."""
    box.delay = 60
    p.a_case(Desk(store=desk.store))
    for n, name in enumerate((signal.SIGTERM, signal.SIGINT), 1):
        worker = start()
        wait_for(box, n)
        worker.send_signal(name)
        begin = time.monotonic()
        assert worker.wait(30) == 0
        assert time.monotonic() - begin < 3, "a second, on a machine that is not busy"
    assert (len({mail["Message-ID"] for mail in box.mails}), Path("errors").read_text()) == (1, "")
