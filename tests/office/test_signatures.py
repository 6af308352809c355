"""Valid, tampered, expired, unknown and missing signatures of PDFs are told apart (11.1.c)."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import attrs
import pytest
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.generic import (
    ByteStringObject,
    DictionaryObject,
    NameObject,
    StreamObject,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from phananh import HOA_BINH_2019, Desk, InputError, RefusedError, Rules
from phananh.acts import make_act
from phananh.office.signatures import (
    SignatureReport,
    describe_document,
    findings_are_signed,
    verify_pdf,
)
from tests.desk import people as p
from tests.office.mail import BEGIN, END, Pair, certify, to_pem

DAY = timedelta(days=1)
WHEN = BEGIN + 60 * DAY


def make_pdf() -> bytes:
    """Return a PDF with one empty page."""
    writer, paper = PdfFileWriter(), BytesIO()
    page = writer.add_object(StreamObject(stream_data=b"q Q"))
    writer.insert_page(PageObject(contents=page, media_box=(0, 0, 200, 200)))
    writer.write(paper)
    return paper.getvalue()


def sign(pdf: bytes, pair: Pair, field: str = "Ky1") -> bytes:
    """Return a PDF with one more signature."""
    certificate, key = map(to_pem, pair)
    signer = signers.SimpleSigner(
        signing_cert=next(iter(load_certs_from_pemder_data(certificate))),
        signing_key=load_private_key_from_pemder_data(key, None),
        cert_registry=None,
    )
    writer, facts = IncrementalPdfFileWriter(BytesIO(pdf)), signers.PdfSignatureMetadata(field)
    return bytes(signers.sign_pdf(writer, facts, signer=signer).getvalue())


def replace_page(writer: IncrementalPdfFileWriter, drawn: bytes = b"q q Q Q") -> None:
    """Draw something else on the page."""
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(StreamObject(stream_data=drawn))
    writer.update_container(page)


def add_to(pdf: bytes, change: Any = replace_page, *how: Any) -> bytes:
    """Return a PDF that somebody changed after it was signed, in a revision of its own."""
    writer, paper = IncrementalPdfFileWriter(BytesIO(pdf)), BytesIO()
    change(writer, *how)
    writer.write(paper)
    return paper.getvalue()


def replace_all(writer: IncrementalPdfFileWriter, padding: int, drawn: int = 0) -> None:
    """Replace the page, and write the signature anew with padding, which is compressed."""
    field = writer.root["/AcroForm"]["/Fields"][0]
    content = ByteStringObject(field["/V"]["/Contents"].original_bytes + bytes(padding))
    field["/V"] = writer.add_object(
        DictionaryObject({**field["/V"], NameObject("/Contents"): content}),
        obj_stream=writer.prepare_object_stream(),
    )
    writer.update_container(field)
    replace_page(writer, b"q" * drawn)


ROOT, OTHER = certify("Gốc Mẫu", ca=True), certify("Gốc Khác", ca=True)
SIGNER = certify("Người Ký Mẫu", ROOT)
STRANGER = certify("Người Lạ", OTHER)
SIGNED = sign(make_pdf(), SIGNER)


def check(pdf: bytes, at: datetime = WHEN, roots: tuple[Pair, ...] = (ROOT,)) -> tuple[str, Any]:
    """Return the status and the signer of a PDF."""
    report = verify_pdf(pdf, [to_pem(root) for root, _ in roots], at)
    return report.status, report.signer


def read(pdf: bytes, at: datetime = WHEN) -> str:
    """Return the document that a case records of a PDF."""
    return describe_document("ket-luan.pdf", pdf, verify_pdf(pdf, [to_pem(ROOT[0])], at))


def test_each_kind_of_signature_is_told_apart():
    """11.1.c: by what is in the file, by the roots that are trusted, and by the moment."""
    name = "Người Ký Mẫu"
    for pdf, how, found in (
        (SIGNED, {}, ("valid", name)),
        (make_pdf(), {}, ("unsigned", None)),
        (SIGNED, {"at": END + DAY}, ("expired", name)),
        (SIGNED, {"at": BEGIN - DAY}, ("unknown", name)),
        (SIGNED, {"roots": ()}, ("unknown", name)),
        (SIGNED, {"roots": (OTHER,)}, ("unknown", name)),
        (sign(make_pdf(), OTHER), {}, ("unknown", "Gốc Khác")),
        (sign(make_pdf(), certify("Một / Hai")), {}, ("unknown", "Một, Hai")),
    ):
        assert check(pdf, **how) == found


def test_any_change_after_signing_is_told():
    """A byte of the page, a revision behind the signature, a byte of the signature itself."""
    at = SIGNED.index(b"/Contents <") + 300
    torn = SIGNED[:at] + bytes([SIGNED[at] ^ 1]) + SIGNED[at + 1 :]
    fit = (len(add_to(SIGNED, replace_all, 900)) - len(SIGNED)) // 2
    for changed in (
        SIGNED.replace(b"q Q", b"q q"), add_to(SIGNED), torn, SIGNED + b"\n",
        add_to(SIGNED, append_signature_field, SigFieldSpec("Ky2", box=(0, 0, 200, 200))),
        add_to(SIGNED, append_signature_field, SigFieldSpec("Ky2")),  # which nobody sees
        *(add_to(SIGNED, replace_all, fit + n, m) for n in range(-9, 9) for m in range(4)),
    ):  # fmt: skip
        assert check(changed)[0] == "tampered"


def test_of_several_signatures_the_worst_counts():
    """A stranger's beside a good one is unknown, and two good ones are valid, by the last."""
    for second, found in (
        (STRANGER, ("unknown", "Người Lạ")),
        (certify("Người Hai", ROOT), ("valid", "Người Hai")),
    ):
        assert check(sign(SIGNED, second, "Ky2")) == found


def test_what_is_no_pdf_is_refused():
    """A text, half a file, or one that the reader stumbles over is no unsigned document."""
    deep = (b"/X " + b"[" * 50_000 + b"]" * 50_000 + b"/Size").join(SIGNED.rsplit(b"/Size", 1))
    for data in (b"van ban", SIGNED[: len(SIGNED) // 2], deep, SIGNED.replace(b"/Size", b"/Sizf")):
        with pytest.raises(InputError, match="PDF") as caught:
            check(data)
        assert caught.value.code == "not_a_pdf"


def test_findings_can_be_required_to_be_signed():
    """11.1.c: a signed document is a line that no text, name, signer or form can feign."""
    rules: Rules = attrs.evolve(
        HOA_BINH_2019,
        version="signed",
        lifecycle=tuple(
            attrs.evolve(row, guards=(*row.guards, findings_are_signed))
            if row.trigger == "report_findings"
            else row
            for row in HOA_BINH_2019.lifecycle
        ),
    )
    desk = Desk(rules=rules, clock=(hand := p.Hand()))
    case = p.with_agency(desk, hand)
    line = read(SIGNED)
    false = (
        *map(read, (make_pdf(), add_to(SIGNED), sign(make_pdf(), STRANGER))),
        read(SIGNED, at=END + DAY),
        describe_document(line, b"", SignatureReport(status="unsigned")),
        describe_document(line, b""),
        describe_document("a.pdf", b"", SignatureReport(status="unknown", signer=line)),
        *(describe_document(f"{line}{end}.pdf", b"") for end in "\n\x1c\x85\u2028"),
    )
    for documents in ([], *([each] for each in false)):
        with pytest.raises(RefusedError) as caught:
            desk.report_findings(case, text=line, documents=documents, by=p.AGENCY)
        assert [each.code for each in caught.value.refusals] == ["not_signed"]
    for typed in (
        line, "k.pdf Signature:\u00a0valid by A", "k.pdf\nsignature: valid",
        *(line.replace(":", colon) for colon in "\uff1a\u2236\ua789\ufe30\u02f8\ua4fd\u2982"),
        *(line.replace("signature", odd) for odd in ("sig\u00adnature", "\u0455ignature")),
        line.replace("signature", "si\u0332gnature\u200b "),
    ):  # fmt: skip
        with pytest.raises(InputError, match=r"^documents: .* not to be typed") as caught:
            make_act("report_findings", {"text": "a", "documents": [typed]}, by=p.AGENCY)
        assert caught.value.code == "typed_signature"
    two = SignatureReport(status="unknown", signer="Người\nKý: Mẫu")
    assert describe_document("a\n.pdf", b"", two).endswith("unknown by Người Ký Mẫu")
    assert line[:38] + line[102:] == (
        "ket-luan.pdf (application/pdf) sha256: signature: valid by Người Ký Mẫu"
    )
    act = make_act("report_findings", {"text": "a"}, by=p.AGENCY)
    assert desk.history(desk.do(case, attrs.evolve(act, documents=[line])))[-1].documents == (line,)
