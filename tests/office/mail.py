"""A real server of e-mail with a certificate of its own, for the tests of messages."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
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
BEGIN, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)
Pair = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]
_PEM = serialization.Encoding.PEM
_LOGIN = (USER.encode(), PASSWORD.encode())


def certify(name: str, issuer: Pair | None = None, *, ca: bool = False) -> Pair:
    """Return a certificate from BEGIN to END with its key. Without an issuer it signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    names = name.split(" / ")
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, each) for each in names])
    by, signing_key = (issuer[0].subject, issuer[1]) if issuer else (subject, key)
    no = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    usage = {"digital_signature": True, "content_commitment": True, **no}
    usage |= {"key_cert_sign": ca, "crl_sign": ca}
    builder = (
        x509.CertificateBuilder(by, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(BEGIN)
        .not_valid_after(END)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    )
    return builder.sign(signing_key, hashes.SHA256()), key


def to_pem(part: x509.Certificate | ec.EllipticCurvePrivateKey) -> bytes:
    """Return a certificate or a key as the bytes of a file."""
    if isinstance(part, x509.Certificate):
        return part.public_bytes(_PEM)
    return part.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


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
def serve_mail(box: Mailbox, certificate: Path) -> Iterator[int]:
    """Run a server that asks for STARTTLS and a login, lend its port, and write its certificate."""
    certificate.write_bytes(b"".join(map(to_pem, certify("localhost"))))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    port = free_port()
    controller = Controller(
        box, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True,
        authenticator=_check_login, auth_required=True,
    )  # fmt: skip
    controller.start()
    try:
        yield port
    finally:
        controller.stop()
