"""Messages on real wires: SMTP with STARTTLS and a login, a signed webhook, files in a folder."""

import base64
import hmac
import json
import os
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.error import HTTPError

import attrs
import pytest

from phananh import InputError
from phananh.office.channels import (
    FileChannel,
    Message,
    SmtpChannel,
    WebhookChannel,
    is_about_one,
    is_final,
)
from tests.office.mail import PASSWORD, USER, Mailbox, serve_mail

KEY = b"khoa mau"
MESSAGE = Message(
    key="HB-2603-MAU/1/Received/receipt/sender/smtp", case="HB-2603-MAU", when="Received",
    letter="receipt", recipient="sender", at=datetime.fromisoformat("2026-03-04T08:00+07:00"),
    address="mau@example.vn", phone=None, text="Kính gửi Ông/Bà",
    subject="Hẹn thời gian trả lời phản ánh, kiến nghị mã số HB-2603-MAU",
    html="<p>Kính gửi Ông/Bà</p>",
)  # fmt: skip
OFFICE = "Tổng đài mẫu <tong-dai@example.vn>"


@pytest.fixture
def box() -> Mailbox:
    """Return an empty mailbox."""
    return Mailbox()


@pytest.fixture
def smtp(box: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmtpChannel]:
    """Return a channel to a server with STARTTLS and a login, which delivers into the mailbox."""
    monkeypatch.setenv("PHANANH_SMTP_PASSWORD", PASSWORD)
    certificate = tmp_path / "localhost.pem"
    with serve_mail(box, certificate) as port:
        yield SmtpChannel(
            host="localhost", port=port, sender=OFFICE, ca=str(certificate), user=USER
        )


def catch(channel: Any, message: Message = MESSAGE) -> Exception:
    """Return what a channel raises."""
    with pytest.raises((OSError, ValueError)) as caught:
        channel(message)
    return caught.value


def test_an_email_arrives_by_starttls_and_login(smtp: SmtpChannel, box: Mailbox):
    """It has both texts, says that a program wrote it, and keeps its Message-ID when sent again."""
    for _ in range(2):
        smtp(MESSAGE)
    mail = box.mails[0]
    assert (mail["From"], mail["To"]) == (OFFICE, "mau@example.vn")
    assert mail["Subject"] == MESSAGE.subject, "whole, though it is folded"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert {each["Message-ID"] for each in box.mails} == {f"<{MESSAGE.id}@example.vn>"}
    for kind, text in (("plain", MESSAGE.text), ("html", MESSAGE.html)):
        assert mail.get_body([kind]).get_content().strip() == text  # type: ignore[union-attr]


def test_a_recipient_who_is_refused_for_good_is_not_tried_again(smtp: SmtpChannel, box: Mailbox):
    """550 is final and 450 is not, for an address as for a text, and others may be sent."""
    for place in ("mau@example.vn", "DATA"):
        for answer, is_the_end in (("550 no such user", True), ("450 try later", False)):
            box.answers = {place: answer}
            error = catch(smtp)
            assert (is_final(error), is_about_one(error)) == (is_the_end, True), (place, answer)


def test_a_server_that_is_not_to_be_trusted_gets_no_password(smtp: SmtpChannel, box: Mailbox):
    """Certificate, password, login, TLS or server wrong: the channel waits, and nothing is lost."""
    for changed in ({"ca": None}, {"user": "other"}, {"user": None}, {"tls": "tls"}, {"port": 1}):
        error = catch(attrs.evolve(smtp, **changed))
        assert (is_final(error), is_about_one(error)) == (False, False), changed
    assert box.mails == []
    with pytest.raises(InputError, match="in the clear"):
        attrs.evolve(smtp, tls="none")


def test_an_email_needs_an_address(smtp: SmtpChannel):
    """Without one it is not sent, with letters that servers refuse, or with a line break."""
    for address in (None, "mẫu@example.vn"):
        error = catch(smtp, attrs.evolve(MESSAGE, address=address))
        assert (getattr(error, "code", ""), is_about_one(error)) == ("sender_unaddressed", True)
    assert is_final(catch(smtp, attrs.evolve(MESSAGE, subject="Dòng một\nBcc: khac@example.vn")))


class Hook(BaseHTTPRequestHandler):
    """A server of webhooks that keeps what was posted, and answers with a code."""

    posted: list[tuple[dict[str, str], bytes]]
    answer: int

    def do_POST(self) -> None:  # as http.server calls it
        """Keep headers and body."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).posted.append((dict(self.headers), body))
        self.send_response(type(self).answer)
        self.send_header("Location", self.path)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebhookChannel]:
    """Return a channel to a server of webhooks, `Hook`."""
    monkeypatch.setenv("PHANANH_WEBHOOK_SECRET", f"whsec_{base64.b64encode(KEY).decode()}")
    Hook.posted, Hook.answer = [], 204
    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        Thread(target=server.serve_forever, args=(0.01,)).start()
        yield WebhookChannel(url=f"http://127.0.0.1:{server.server_port}/sms")
        server.shutdown()


def test_a_webhook_is_signed(hook: WebhookChannel, monkeypatch: pytest.MonkeyPatch):
    """The signature is that of Standard Webhooks, over id, time and body. There is none without."""
    hook(MESSAGE)
    headers, body = Hook.posted[0]
    told = json.loads(body)
    assert (told["case"], told["text"], told["at"]) == (
        MESSAGE.case, MESSAGE.text, "2026-03-04T08:00:00+07:00",
    )  # fmt: skip
    assert headers["Idempotency-Key"] == headers["Webhook-Id"] == MESSAGE.id
    signed = f"{MESSAGE.id}.{headers['Webhook-Timestamp']}.".encode() + body
    digest = base64.b64encode(hmac.digest(KEY, signed, "sha256")).decode()
    assert headers["Webhook-Signature"] == f"v1,{digest}"
    for url, secret, words in (
        ("file:///etc/passwd", "", "web address"),
        (hook.url, "khoa mau", "whsec_"),
        (hook.url, "whsec_", "whsec_"),
        (hook.url, "whsec_x", "whsec_"),
    ):
        monkeypatch.setenv("PHANANH_WEBHOOK_SECRET", secret)
        with pytest.raises(InputError, match=words):
            WebhookChannel(url=url)


def test_a_webhook_that_refuses_is_not_asked_again(hook: WebhookChannel):
    """400 and a redirect are final, 429 and 503 are not, and others may be posted."""
    for Hook.answer, is_the_end in ((400, True), (302, True), (429, False), (503, False)):
        error = catch(hook)
        assert (is_final(error), is_about_one(error)) == (is_the_end, True), Hook.answer
        assert isinstance(error, HTTPError)
        error.close()
    away = catch(attrs.evolve(hook, url="http://127.0.0.1:1/"))
    assert (len(Hook.posted), is_final(away), is_about_one(away)) == (4, False, False)


def test_a_file_is_written_once(tmp_path: Path):
    """Written again it is the same file, no half file is left, and nobody else may read it."""
    for _ in range(2):
        FileChannel(folder=str(tmp_path), sender=OFFICE)(MESSAGE)
    (file,) = tmp_path.iterdir()
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (file.suffix, mail["To"], mail["Subject"]) == (
        ".eml", "mau@example.vn", MESSAGE.subject,
    )  # fmt: skip
    assert os.name == "nt" or not file.stat().st_mode & 0o077
