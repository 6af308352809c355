"""The letters of a case: what can be written now, as a preview, a page that prints, and files."""

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from examples.portal.acts import Accounts
from examples.portal.cases import list_names, load
from examples.portal.rendering import lang_of, render
from examples.portal.sign_in import SignedIn, desk_of, record_read
from phananh import Desk, InputError, Person, RefusedError, words
from phananh.office import Letter, Letterhead, Letters

router = APIRouter()
LETTERHEAD = Letterhead(
    parent="Văn phòng UBND tỉnh (mẫu)", body="Trung tâm Phục vụ hành chính công (mẫu)",
    place="Hòa Bình", symbol="TTPVHCC", signer_title="Giám đốc", signer="Người Ký Mẫu",
    phone="02183.1022",
)  # fmt: skip
KINDS = words("letter", "vi")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# A document brings its own styles, and nothing else: no script of it runs, and it loads nothing.
DOCUMENT = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
    )
}


def make_letters(desk: Desk, accounts: Accounts) -> Letters:
    """Return what writes letters, with the names of the accounts of now."""
    return Letters(desk=desk, letterhead=LETTERHEAD, names=list_names(accounts).get)


def write(desk: Desk, key: str, user: Person, accounts: Accounts, *kinds: str) -> dict[str, Letter]:
    """Return the letters of these kinds that can be written about a case, for whom it names.

    Whoever may not read the sender or the tracking code gets no letter that has it.
    """
    case = load(desk, key, user)
    plain, letters, found = case.as_dict("vi", for_=user), make_letters(desk, accounts), {}
    hidden = set() if plain["code"] else {"receipt"}
    for kind in [each for each in kinds if plain["sender"] and each not in hidden]:
        try:
            found[kind] = letters.write(kind, case.id)  # type: ignore[arg-type]  # of KINDS
        except (InputError, RefusedError):
            continue  # nothing to write it about, or it would name the sender to a unit
    return found


@router.get("/case/{key}/letters")
async def preview(request: Request, key: str, account: SignedIn) -> Response:
    """Show the letters that can be written about a case."""
    accounts = request.app.state.accounts
    found = await desk_of(request).run(write, key, account.person, accounts, *KINDS)
    record_read(request, key, "letters")
    titles = words("letter", lang_of(request))
    return render(request, "staff_letters.html", key=key, letters=found, titles=titles)


@router.get("/case/{key}/letters/{name}")
async def get_letter(request: Request, key: str, name: str, account: SignedIn) -> Response:
    """Return a letter, such as answer.docx, as a page, as text or as a file of Word."""
    kind, _, form = name.partition(".")
    accounts = request.app.state.accounts
    found = await desk_of(request).run(write, key, account.person, accounts, kind)
    if kind not in found:
        raise HTTPException(404)
    record_read(request, key, name)
    letter, saved = found[kind], {"Content-Disposition": f'attachment; filename="{key}-{name}"'}
    made: dict[str, Any] = {
        "html": lambda: HTMLResponse(letter.html, headers=DOCUMENT),
        "txt": lambda: PlainTextResponse(letter.text, headers=saved),
        "docx": lambda: Response(letter.docx(), media_type=DOCX, headers=saved),
    }
    if form not in made:
        raise HTTPException(404)
    answer: Response = await run_in_threadpool(made[form])
    return answer
