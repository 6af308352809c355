"""The letters of a case: what can be written now, as a preview, a page that prints, and files."""

from contextlib import suppress
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

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
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# A document brings its own styles, and nothing else: no script of it runs, and it loads nothing.
ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
DOCUMENT = {"Content-Security-Policy": ALONE}


def write(request: Request, key: str, *kinds: Any) -> dict[str, Letter]:
    """Return the letters of these kinds that can be written about a case.

    Whoever may not read the sender or the tracking code gets no letter that has it.
    """
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
    saved = {"Content-Disposition": f'attachment; filename="{key}-{name}"'}
    if letter and form == "html":
        return HTMLResponse(letter.html, headers=DOCUMENT)
    if letter and form == "txt":
        return PlainTextResponse(letter.text, headers=saved)
    if letter and form == "docx":
        return Response(letter.docx(), media_type=DOCX, headers=saved)
    raise HTTPException(404)
