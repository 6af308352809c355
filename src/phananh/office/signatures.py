"""Signatures of documents: whose they are, and whether they hold (Art. 11.1.c).

The bytes of a document stay with your application. What a case records of it is a line of text:
its name, type and hash, and what was found of its signature. Needs the extra `sign`.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from mimetypes import guess_type
from typing import Any, Literal

import attrs

from phananh.errors import InputError
from phananh.regulation.cleaning import clean_instant
from phananh.regulation.guards import Facts, guard

SignatureStatus = Literal["valid", "tampered", "expired", "unknown", "unsigned"]
_WORST_FIRST: tuple[SignatureStatus, ...] = ("tampered", "unknown", "expired", "valid")
# The end of a line of `describe_document`, which no name can feign: a signer has no colon.
_SIGNED = re.compile(r" sha256:[0-9a-f]{64} signature: valid by [^:]+$")


@attrs.frozen(kw_only=True)
class SignatureReport:
    """What was found of a PDF's signatures, as of a moment: the worst, and of equals the last.

    `status` is valid, `tampered` (changed after it was signed), `expired` (its certificate was not
    in force at that moment), `unknown` (no given root vouches for it) or `unsigned`. `signer` is
    the common name in the certificate, and `signed_at` what the signer's clock said, each if known.

    Example:
        >>> SignatureReport(status="valid", signer="Người ký mẫu")
        SignatureReport(status='valid', signer='Người ký mẫu', signed_at=None)
    """

    status: SignatureStatus
    signer: str | None = None
    signed_at: datetime | None = None


def verify_pdf(data: bytes, roots: Iterable[bytes], at: datetime) -> SignatureReport:
    """Return what the signatures of a PDF are worth at a moment (Art. 11.1.c).

    The last signature has to cover the whole file. So whatever was appended to it is a change, also
    data for long-term validation. Whoever signed last vouches for what was added or filled in since
    the signatures before.

    Nothing is fetched from a network, so that a certificate was revoked is seen only if the
    document itself says so.

    A small file can be made to take hours and all memory. Verify the file of somebody you do not
    trust in a process of its own, and limit its time and memory.

    Args:
        data: the file.
        roots: the certificates that you trust, as the bytes of PEM or DER files.
        at: when its certificate has to be in force, such as when it came.

    Raises:
        InputError: it is not a PDF, or a broken one.
        ValueError: a root is not a certificate.

    Example:
        >>> from pathlib import Path
        >>> data = Path("findings.pdf").read_bytes()  # doctest: +SKIP
        >>> root = Path("root.pem").read_bytes()  # doctest: +SKIP
        >>> verify_pdf(data, [root], friday).status  # doctest: +SKIP
        'valid'
    """
    from pyhanko.keys import load_certs_from_pemder_data
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(
        trust_roots=[found for each in roots for found in load_certs_from_pemder_data(each)],
        moment=clean_instant(at, field="at"),
    )
    try:
        signatures = PdfFileReader(BytesIO(data)).embedded_regular_signatures
        found = [
            _examine(each, context, is_whole=each is not signatures[-1] or _covers(each, data))
            for each in signatures
        ]
    except Exception as error:  # of a reader that trusts what a broken file says
        raise InputError(field="data", code="not_a_pdf", cause=error) from error
    return min(
        reversed(found),
        key=lambda report: _WORST_FIRST.index(report.status),
        default=SignatureReport(status="unsigned"),
    )


def _covers(signature: Any, data: bytes) -> bool:
    """Return whether a signature covers each byte of a file but its own.

    pyHanko only adds up lengths, which fit any file if the signature is written anew with padding.
    And what it takes for mere upkeep of signatures can cover a page.
    """
    start, length, *behind = signature.byte_range
    own = b"<%s>" % signature.pkcs7_content.hex().encode()
    return (
        start == 0
        and data[length : (end := length + len(own))].lower() == own
        and behind == [end, len(data) - end]
    )


def _examine(signature: Any, context: Any, *, is_whole: bool) -> SignatureReport:
    from pyhanko.sign.ades.report import AdESIndeterminate
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError

    try:
        found = validate_pdf_signature(signature, context)
    except (SignatureValidationError, ValueError):  # so broken that it says nothing of anybody
        return SignatureReport(status="tampered")
    status: SignatureStatus = "unknown"
    if not (is_whole and found.intact and found.valid and found.docmdp_ok):
        status = "tampered"
    elif found.bottom_line:
        status = "valid"
    elif found.trust_problem_indic is AdESIndeterminate.OUT_OF_BOUNDS_NO_POE:
        status = "expired"
    names = found.signing_cert.subject.native.get("common_name", "")  # a list if several
    return SignatureReport(
        status=status,
        signer=", ".join([names] if isinstance(names, str) else names).strip() or None,
        signed_at=signature.self_reported_timestamp,
    )


def describe_document(name: str, data: bytes, report: SignatureReport | None = None) -> str:
    """Return the line that a case records of a document in `documents`.

    Without a report nothing is said of a signature. In a name each line break, each other space
    and each control character becomes a space.

    Example:
        >>> describe_document("findings.pdf", b"%PDF", SignatureReport(status="unsigned"))
        'findings.pdf (application/pdf) sha256:315d429b... signature: unsigned'
    """
    name = re.sub(r"[\s\x00-\x1f\x7f-\x9f]", " ", name)
    kind = guess_type(name)[0] or "application/octet-stream"
    line = f"{name} ({kind}) sha256:{sha256(data).hexdigest()}"
    if report is None:
        return line
    signer = f" by {' '.join(report.signer.replace(':', ' ').split())}" if report.signer else ""
    return f"{line} signature: {report.status}{signer}"


@guard("not_signed", "11.1.c", needs_act=True)
def findings_are_signed(_case: Any, act: Any, _at: Any, _rules: Any) -> Facts | None:
    """Object to findings without a document of `describe_document` whose signature is valid.

    Your application adds that document, once it has verified the file. Their text is not looked
    at, and `make_act` lets nobody type such a document.
    """
    return None if any(map(_SIGNED.search, act.documents)) else {}
