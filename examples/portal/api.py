"""JSON for programs that an operator signed in: take a request, answer it, list.

A body is JSON and its request has an Idempotency-Key, which no form of another site can send.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, HTTPException, Request
from pydantic import BaseModel

from examples.portal.accounts import Account
from examples.portal.cases import find_readable, load
from examples.portal.sign_in import desk_of
from phananh import Kind, Person, Role, Sender, State
from phananh.aio import AsyncDesk


class Call(BaseModel):
    """A request that came by phone."""

    kind: Kind
    content: str
    name: str | None = None
    phone: str | None = None


class Answer(BaseModel):
    """An answer to the version of a case that the operator saw."""

    text: str
    version: int


def get_operator(request: Request) -> Person:
    """Return the operator who signed in; nobody else has these lists."""
    account: Account | None = request.state.account
    if account is None:
        raise HTTPException(401)
    if account.role != Role.OPERATOR:
        raise HTTPException(403)
    return account.person


TheDesk = Annotated[AsyncDesk, Depends(desk_of)]
User = Annotated[Person, Depends(get_operator)]
Key = Annotated[str, Header(alias="Idempotency-Key")]
router = APIRouter()


@router.post("/cases", status_code=201)
async def receive(call: Call, desk: TheDesk, user: User, key: Key) -> dict[str, Any]:
    """Take a request, and return its code for the sender; the same key gives the same case."""
    case = await desk.receive(
        kind=call.kind,
        channel="phone",
        content=call.content,
        sender=Sender(name=call.name, phone=call.phone),
        by=user,
        command_id=f"{user.id}:{key}",
    )
    if await desk.may_read(case.id, user):  # of a call from before they were accused
        raise HTTPException(404)
    return {**case.as_dict("vi"), "code": str(case.code)}


@router.post("/cases/{case}/answer")
async def answer(case: str, said: Answer, desk: TheDesk, user: User, key: Key) -> dict[str, Any]:
    """Answer a case as it was seen; 409 if somebody recorded since."""
    await desk.run(load, case, user)
    command = f"{user.id}:{key}"
    seen = said.version
    done = await desk.answer(case, text=said.text, by=user, expected=seen, command_id=command)
    return done.as_dict("vi")


@router.get("/cases/{case}")
async def get(case: str, desk: TheDesk, user: User) -> dict[str, Any]:
    """Return a case as it is now, with a lapse that nobody recorded yet."""
    return (await desk.run(load, case, user)).as_dict("vi")


@router.get("/cases")
async def find(
    desk: TheDesk, user: User, state: State | None = None, after: str | None = None
) -> dict[str, Any]:
    """Return a page of cases, the newest first; `next` is the `after` of the next page."""
    states = [state] if state else None
    rows, following = await desk.run(
        find_readable, user, states=states, order="newest", after=after
    )
    return {"rows": [row.as_dict("vi") for row in rows], "next": following}
