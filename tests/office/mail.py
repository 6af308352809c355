"""Real servers of e-mail and webhooks, with a certificate of their own, for the tests of messages."""

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "tong-dai", "mat-khau-mau"


def write_certificate(folder: Path) -> Path:
    """Write a key and a certificate for localhost that it signed itself, and return the file."""
    key, path = ec.generate_private_key(ec.SECP256R1()), folder / "localhost.pem"
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(
        name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1),
        [x509.Extension(
            x509.SubjectAlternativeName.oid, critical=False,
            value=x509.SubjectAlternativeName([x509.DNSName("localhost")]),
        )],
    )  # fmt: skip
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
        + builder.sign(key, hashes.SHA256()).public_bytes(pem)
    )
    return path


class Mailbox:
    """A handler of aiosmtpd that keeps e-mails, and refuses some addresses."""

    def __init__(self, path: Path | None = None) -> None:
        """Keep the e-mails, in a file too if a path is given."""
        self.mails: list[EmailMessage] = []
        self.refused: dict[str, str] = {}

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _o: Any) -> str:  # noqa: N802, E501
        """Refuse an address with its answer, or take it."""
        if answer := self.refused.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep an e-mail."""
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    @property
    def sent(self) -> list[tuple[str, str]]:
        """To whom the e-mails went, and their subjects."""
        return [(mail["To"], mail["Subject"]) for mail in self.mails]


@contextmanager
def serve_mail(box: Mailbox, certificate: Path, port: int = 0) -> Iterator[int]:
    """Run a server that asks for STARTTLS and a login, and lend its port."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        return AuthResult(success=(given.login, given.password) == (USER.encode(), PASSWORD.encode()))

    controller = Controller(
        box, hostname="localhost", port=port, tls_context=context, require_starttls=True,
        authenticator=check, auth_required=True,
    )  # fmt: skip
    controller.start()
    try:
        yield controller.server.sockets[0].getsockname()[1]
    finally:
        controller.stop()
