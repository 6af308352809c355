"""Valid, tampered, expired, unknown and missing signatures of PDFs are told apart (11.1.c)."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import attrs
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign import signers

from phananh import HOA_BINH_2019, Desk, InputError, RefusedError, Rules
from phananh.office.signatures import (
    SignatureReport,
    describe_document,
    findings_are_signed,
    verify_pdf,
)
from tests.desk import people as p

DAY = timedelta(days=1)
WHEN = datetime(2026, 3, 4, tzinfo=UTC)
PEM = serialization.Encoding.PEM
Pair = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]


def certify(name: str, issuer: Pair | None = None) -> Pair:
    """Return a certificate around WHEN with its key: a root, or one that it vouches for."""
    key, is_root = ec.generate_private_key(ec.SECP256R1()), issuer is None
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    by, signing_key = (issuer[0].subject, issuer[1]) if issuer else (subject, key)
    usage = dict.fromkeys(
        ("digital_signature", "key_encipherment", "data_encipherment", "key_agreement",
         "encipher_only", "decipher_only"), False,
    )  # fmt: skip
    found = (
        x509.CertificateBuilder(by, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(WHEN - 100 * DAY)
        .not_valid_after(WHEN + 100 * DAY)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                content_commitment=not is_root, key_cert_sign=is_root, crl_sign=is_root, **usage
            ),
            critical=True,
        )
    )
    return found.sign(signing_key, hashes.SHA256()), key


def to_pem(pair: Pair) -> bytes:
    """Return a certificate as the bytes of a file."""
    return pair[0].public_bytes(PEM)


def make_pdf() -> bytes:
    """Return a PDF with one empty page."""
    writer, paper = PdfFileWriter(), BytesIO()
    page = writer.add_object(StreamObject(stream_data=b"q Q"))
    writer.insert_page(PageObject(contents=page, media_box=(0, 0, 200, 200)))
    writer.write(paper)
    return paper.getvalue()


def sign(pdf: bytes, pair: Pair, field: str = "Ky1") -> bytes:
    """Return a PDF with one more signature."""
    plain, pkcs8 = serialization.NoEncryption(), serialization.PrivateFormat.PKCS8
    signer = signers.SimpleSigner(
        signing_cert=next(iter(load_certs_from_pemder_data(to_pem(pair)))),
        signing_key=load_private_key_from_pemder_data(
            pair[1].private_bytes(PEM, pkcs8, plain), None
        ),
        cert_registry=None,
    )
    facts = signers.PdfSignatureMetadata(field_name=field)
    signed: Any = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), facts, signer=signer)
    return bytes(signed.getvalue())


def add_to(pdf: bytes) -> bytes:
    """Return a PDF whose page somebody replaced after it was signed, in a revision of its own."""
    writer, paper = IncrementalPdfFileWriter(BytesIO(pdf)), BytesIO()
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(StreamObject(stream_data=b"q q Q Q"))
    writer.update_container(page)
    writer.write(paper)
    return paper.getvalue()


ROOT, OTHER = certify("Gốc Mẫu"), certify("Gốc Khác")
SIGNER = certify("Người Ký Mẫu", ROOT)
STRANGER = certify("Người Lạ", OTHER)
SIGNED = sign(make_pdf(), SIGNER)


def check(pdf: bytes, at: datetime = WHEN, roots: tuple[Pair, ...] = (ROOT,)) -> tuple[str, Any]:
    """Return the status and the signer of a PDF."""
    report = verify_pdf(pdf, map(to_pem, roots), at)
    return report.status, report.signer


def test_each_kind_of_signature_is_told_apart():
    """11.1.c: by what is in the file, by the roots that are trusted, and by the moment."""
    name = "Người Ký Mẫu"
    assert check(SIGNED) == ("valid", name)
    assert check(make_pdf()) == ("unsigned", None)
    assert check(SIGNED, at=WHEN + 101 * DAY) == ("expired", name)
    assert check(SIGNED, at=WHEN - 101 * DAY) == ("unknown", name)
    for roots in ((), (OTHER,)):
        assert check(SIGNED, roots=roots) == ("unknown", name)
    assert check(sign(make_pdf(), OTHER)) == ("unknown", "Gốc Khác")


def test_any_change_after_signing_is_told():
    """A byte of the page, a revision behind the signature, a byte of the signature itself."""
    at = SIGNED.index(b"/Contents <") + 300
    torn = SIGNED[:at] + bytes([SIGNED[at] ^ 1]) + SIGNED[at + 1 :]
    for changed in (SIGNED.replace(b"q Q", b"q q"), add_to(SIGNED), torn):
        assert check(changed)[0] == "tampered"


def test_of_several_signatures_the_worst_counts():
    """A stranger's beside a good one is unknown, and two good ones are valid."""
    for second, status in ((STRANGER, "unknown"), (certify("Người Hai", ROOT), "valid")):
        assert check(sign(SIGNED, second, "Ky2"))[0] == status


def test_what_is_no_pdf_is_refused():
    """A text, or half a file, is no unsigned document."""
    for data in (b"van ban", SIGNED[: len(SIGNED) // 2]):
        with pytest.raises(InputError, match="PDF") as caught:
            check(data)
        assert caught.value.code == "not_a_pdf"


def test_findings_can_be_required_to_be_signed():
    """11.1.c: a signed document is named by a line that neither a name nor a signer can feign."""
    rows = (
        attrs.evolve(row, guards=(*row.guards, findings_are_signed))
        if row.trigger == "report_findings" else row
        for row in HOA_BINH_2019.lifecycle
    )  # fmt: skip
    rules: Rules = attrs.evolve(HOA_BINH_2019, version="signed", lifecycle=tuple(rows))
    hand = p.Hand()
    desk = Desk(rules=rules, clock=hand)
    case = p.with_agency(desk, hand)
    valid = verify_pdf(SIGNED, [to_pem(ROOT)], WHEN)
    line = describe_document("ket-luan.pdf", SIGNED, valid)
    false = (
        describe_document(line, b"", SignatureReport(status="unsigned")),
        describe_document(line, b""),
        describe_document("a.pdf", b"", SignatureReport(status="unknown", signer=line)),
        "Không ký",
    )
    for text in false:
        with pytest.raises(RefusedError) as caught:
            desk.report_findings(case, text=text, by=p.AGENCY)
        assert [each.code for each in caught.value.refusals] == ["not_signed"]
    assert "ket-luan.pdf (application/pdf) sha256:" in line
    assert line.endswith("signature: valid by Người Ký Mẫu")
    desk.report_findings(case, text=f"Đã xác minh.\n{line}", by=p.AGENCY)
