"""The ways on which a message goes out: SMTP, a signed webhook, or files in a folder.

A channel is a function of a Message. It returns once the message was taken over, and raises else.
An application may have channels of its own.

    ValueError     the message will never be taken, such as one without an address
    OSError        the server cannot be reached, or is busy: the message is sent again later

Secrets are in the environment: PHANANH_SMTP_PASSWORD and PHANANH_WEBHOOK_SECRET.
"""

import base64
import hmac
import json
import os
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP, compat32
from email.utils import format_datetime, formataddr, parseaddr
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import attrs

from phananh.errors import InputError, short_repr
from phananh.stores.sqlite import PRIVATE

_TIMEOUT = 30.0  # seconds that a server may take for one answer
_BUSY = (408, 425, 429)  # codes of HTTP that ask to come again


@attrs.frozen(kw_only=True)
class Message:
    """A letter on its way to one recipient.

    `key` names the message, and is the same whenever it is sent again. `when` is the class of the
    event that it is about, or the moment of a limit, such as "80%". `recipient` is sender, holder,
    head, office or unit. `address` is where an e-mail goes, and `phone` the sender's.
    """

    key: str
    case: str
    when: str
    letter: str
    recipient: str
    at: datetime
    address: str | None = attrs.field(repr=False)
    phone: str | None = attrs.field(repr=False)
    subject: str = attrs.field(repr=False)
    text: str = attrs.field(repr=False)
    html: str = attrs.field(repr=False)

    @property
    def id(self) -> str:
        """The key as 32 letters and digits, for a Message-ID or an Idempotency-Key."""
        return sha256(self.key.encode()).hexdigest()[:32]


Channel = Callable[[Message], None]


def make_mail(message: Message, sender: str) -> EmailMessage:
    """Return a message as an e-mail.

    Raises:
        InputError: it has no address, or one with other letters, which few servers take.
    """
    if not (message.address and message.address.isascii()):
        raise InputError(
            field="email",
            code="sender_unaddressed" if message.recipient == "sender" else "no_address",
            recipient=message.recipient,
        )
    mail = EmailMessage(policy=SMTP)
    headers = {
        "From": sender,
        "To": message.address,
        "Subject": message.subject,
        "Date": format_datetime(message.at),
        "Message-ID": f"<{message.id}@{sender.rpartition('@')[2].rstrip('>')}>",
        "Auto-Submitted": "auto-generated",
    }
    for name, value in headers.items():
        mail[name] = value
    mail.set_content(message.text, cte="base64")
    mail.add_alternative(message.html, subtype="html", cte="base64")
    # By the policy of SMTP, CPython 3.13 still loses a blank where it folds a subject with marks.
    mail.policy = compat32.clone(linesep="\r\n")
    mail.replace_header("From", formataddr(parseaddr(sender)))
    return mail


@attrs.frozen(kw_only=True)
class SmtpChannel:
    """Sends e-mails by a server, each on a connection of its own.

    Args:
        sender: the address that the e-mails are from.
        tls: "tls" from the first byte on, "none", or else by STARTTLS.
        ca: a file of the certificates to trust, in place of those of the system.
        user: for the login, if the server asks for one.

    Raises:
        InputError: a login without TLS.
    """

    host: str
    sender: str
    port: int = 587
    tls: str = "starttls"
    ca: str | None = None
    user: str | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse to send a password that others can read."""
        if self.user and self.tls == "none":
            raise InputError(field="tls", code="login_without_tls")

    def __call__(self, message: Message) -> None:
        """Send a message."""
        mail = make_mail(message, self.sender)
        context = ssl.create_default_context(cafile=self.ca)
        connect = partial(smtplib.SMTP_SSL, context=context) if self.tls == "tls" else smtplib.SMTP
        with connect(
            self.host, self.port, timeout=_TIMEOUT,
            local_hostname=self.sender.rpartition("@")[2],  # else DNS is asked who we are
        ) as server:  # fmt: skip
            if self.tls not in ("tls", "none"):
                server.starttls(context=context)
            if self.user:
                server.login(self.user, os.environ.get("PHANANH_SMTP_PASSWORD", ""))
            server.send_message(mail)


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Follow no other address: it would be asked without the message."""


@attrs.frozen(kw_only=True)
class WebhookChannel:
    """Posts messages as JSON to a server of the office, signed as by Standard Webhooks.

    The signature is `v1,` and the HMAC-SHA256 of id, timestamp and body, with dots between. The
    secret is `whsec_` and the key in base64.

    Raises:
        InputError: the URL is not of the web, or there is no such secret.
    """

    url: str
    _key: bytes = attrs.field(init=False, repr=False)

    @_key.default
    def _read_key(self) -> bytes:
        secret = os.environ.get("PHANANH_WEBHOOK_SECRET", "")
        if not self.url.startswith(("https://", "http://")):
            raise InputError(field="url", code="not_a_web_address", value=short_repr(self.url))
        with suppress(ValueError):  # it is no base64
            if (key := secret.removeprefix("whsec_")) not in ("", secret):
                return base64.b64decode(key)
        raise InputError(field="PHANANH_WEBHOOK_SECRET", code="not_a_webhook_secret")

    def __call__(self, message: Message) -> None:
        """Post a message."""
        body = json.dumps(
            attrs.asdict(message), ensure_ascii=False, default=datetime.isoformat
        ).encode()
        stamp = str(int(message.at.timestamp()))
        digest = hmac.digest(self._key, f"{message.id}.{stamp}.".encode() + body, "sha256")
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": message.id,
            "Webhook-Id": message.id,
            "Webhook-Timestamp": stamp,
            "Webhook-Signature": f"v1,{base64.b64encode(digest).decode()}",
        }
        build_opener(_NoRedirect).open(
            Request(self.url, body, headers),  # noqa: S310  # checked to be of the web
            timeout=_TIMEOUT,
        ).close()


@attrs.frozen(kw_only=True)
class FileChannel:
    """Writes each message as an `.eml` file into a folder, for another program of its owner."""

    folder: str
    sender: str

    def __call__(self, message: Message) -> None:
        """Write a message. Written again, it is the same file."""
        part = Path(self.folder, f"{message.id}.part")
        part.touch(PRIVATE)
        part.write_bytes(make_mail(message, self.sender).as_bytes())
        part.replace(part.with_suffix(".eml"))


CHANNELS = {"smtp": SmtpChannel, "webhook": WebhookChannel, "file": FileChannel}


def is_final(error: Exception) -> bool:
    """Return whether it is of no use to send the message again, by what a channel raised."""
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=answers):
            return all(code >= 500 for code, _ in answers.values())
        case smtplib.SMTPDataError(smtp_code=code):
            return code >= 500
        case HTTPError(code=code):
            return 300 <= code < 500 and code not in _BUSY
    # A certificate that is not trusted is both.
    return isinstance(error, ValueError) and not isinstance(error, OSError)


def is_about_one(error: Exception) -> bool:
    """Return whether others may be sent now all the same: the server answered to this one."""
    return not isinstance(error, OSError) or isinstance(
        error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError | HTTPError
    )
