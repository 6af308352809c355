"""The letters of a case: what can be written now, as a preview, a page that prints, and files."""

from contextlib import suppress
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from examples.portal.cases import load
from examples.portal.rendering import lang_of, render
from examples.portal.sign_in import SignedIn, desk_of, record_read
from phananh import InputError, RefusedError, words
from phananh.office import Letter, Letterhead, Letters

router = APIRouter()
LETTERHEAD = Letterhead(
    parent="Văn phòng UBND tỉnh (mẫu)", body="Trung tâm Phục vụ hành chính công (mẫu)",
    place="Hòa Bình", symbol="TTPVHCC", signer_title="Giám đốc", signer="Người Ký Mẫu",
    phone="02183.1022",
)  # fmt: skip
# A document brings its own styles, and nothing else: no script of it runs, and it loads nothing.
ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"


def hand_out(name: str, content: str | bytes) -> Response:
    """Return a document: a page as it is, and any other to be saved."""
    if name.endswith(".html"):
        return Response(content, media_type="text/html", headers={"Content-Security-Policy": ALONE})
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/octet-stream", headers=headers)


def write(request: Request, key: str, *kinds: Any) -> dict[str, Letter]:
    """Return the letters that can be written for whoever may read what is in them."""
    desk, state, user = desk_of(request).desk, request.app.state, request.state.person
    if not hasattr(state, "letters"):  # to check its templates takes a while
        names = state.registers.list_names
        state.letters = Letters(
            desk=desk, letterhead=LETTERHEAD, names=lambda key: names().get(key)
        )
    case, found = load(desk, key, user), dict[str, Letter]()
    plain = case.as_dict(for_=user)
    hidden = () if plain["code"] else ("receipt",)
    for kind in (each for each in kinds if plain["sender"] and each not in hidden):
        # There is nothing to write it about, or it would name the sender to a unit.
        with suppress(InputError, RefusedError):
            found[kind] = state.letters.write(kind, case.id)
    record_read(request, key, "letter")
    return found


@router.get("/case/{key}/letters")
def preview(request: Request, key: str, account: SignedIn) -> Response:
    """Show the letters that can be written about a case."""
    titles = words("letter", lang_of(request))
    found = write(request, key, *titles)
    return render(request, "staff_letters.html", key=key, letters=found, titles=titles)


@router.get("/case/{key}/letters/{name}")
def get_letter(request: Request, key: str, name: str, account: SignedIn) -> Response:
    """Return a letter, such as answer.docx, as a page, as text or as a file of Word."""
    kind, _, form = name.partition(".")
    letter = write(request, key, kind).get(kind)
    if not letter or form not in ("html", "txt", "docx"):
        raise HTTPException(404)
    texts = {"html": letter.html, "txt": letter.text}
    return hand_out(f"{key}-{name}", texts.get(form) or letter.docx())
