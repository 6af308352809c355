"""A real server of e-mail with a certificate of its own, for the tests of messages."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.servers.home import free_port

USER, PASSWORD = "tong-dai", "mat-khau-mau"
_LOGIN = (USER.encode(), PASSWORD.encode())


def write_certificate(folder: Path) -> str:
    """Write a key and a certificate for localhost that it signed itself, and return the file."""
    key, path = ec.generate_private_key(ec.SECP256R1()), folder / "localhost.pem"
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    builder = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
        + builder.sign(key, hashes.SHA256()).public_bytes(pem)
    )
    return str(path)


class Mailbox:
    """A handler of aiosmtpd that keeps e-mails, and refuses some addresses.

    `answers` are what it says to an address, or to the text of an e-mail under "DATA". It does so
    after `delay` seconds.
    """

    def __init__(self) -> None:
        """Take everything."""
        self.mails: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.delay = 0.0

    async def handle_RCPT(  # noqa: N802  # as aiosmtpd calls it
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Refuse an address with its answer, or take it."""
        if address not in self.answers:
            envelope.rcpt_tos.append(address)
        return self.answers.get(address, "250 OK")

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep an e-mail."""
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        await asyncio.sleep(self.delay)
        return self.answers.get("DATA", "250 OK")

    @property
    def sent(self) -> list[tuple[str, str]]:
        """To whom the e-mails went, and their subjects."""
        return [(mail["To"], mail["Subject"]) for mail in self.mails]


def _check_login(_server: Any, _session: Any, _envelope: Any, _kind: str, given: Any) -> AuthResult:
    return AuthResult(success=(given.login, given.password) == _LOGIN, handled=False)


@contextmanager
def serve_mail(box: Mailbox, certificate: str, port: int | None = None) -> Iterator[int]:
    """Run a server that asks for STARTTLS and a login, and lend its port."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    port = port or free_port()
    controller = Controller(
        box, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True,
        authenticator=_check_login, auth_required=True,
    )  # fmt: skip
    controller.start()
    try:
        yield port
    finally:
        controller.stop()
