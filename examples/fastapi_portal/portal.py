"""A portal on FastAPI: take a request, answer it, list cases, read the feed. See README.md."""

import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Header, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from phananh import (
    AsyncDesk,
    ConflictError,
    Desk,
    InputError,
    NotFoundError,
    Person,
    PhanAnhError,
    RefusedError,
    Sender,
    StepNotAllowedError,
    StoreError,
    open_store,
)
from phananh.regulation.values.slugs import KindSlug, StateSlug

USERS = {  # yours: whoever signed in, never what a form says
    "op1": Person(id="OP-1", role="operator"),
    "op2": Person(id="OP-2", role="operator"),
}
STATUS: tuple[tuple[type[PhanAnhError], int], ...] = (
    (NotFoundError, 404),
    (ConflictError, 409),
    (StepNotAllowedError, 409),
    (RefusedError, 422),
    (InputError, 400),
)
BUSY = "Hệ thống đang bận, xin gửi lại với cùng Idempotency-Key."


class Call(BaseModel):
    """A request that came by phone."""

    kind: KindSlug
    content: str
    name: str | None = None
    phone: str | None = None


class Answer(BaseModel):
    """An answer to the version of a case that the operator saw."""

    text: str
    version: int


@asynccontextmanager
async def open_desk(app: FastAPI) -> AsyncIterator[None]:
    """Open the store of this process, and close it when the last call has ended."""
    threads = int(os.environ.get("PORTAL_THREADS", "8"))
    with open_store(os.environ.get("PHANANH_DB", "cases.db")) as store:
        async with AsyncDesk(Desk(store=store), threads=threads) as app.state.desk:
            await app.state.desk.count(limit=1)  # a wrong address ends the start, not a call
            yield


def get_desk(request: Request) -> AsyncDesk:
    """Return the desk of this process."""
    desk: AsyncDesk = request.app.state.desk
    return desk


def get_user(x_user: Annotated[str, Header()]) -> Person:
    """Return who acts; a sample of your own sign-in."""
    if x_user not in USERS:
        raise HTTPException(401)
    return USERS[x_user]


TheDesk = Annotated[AsyncDesk, Depends(get_desk)]
User = Annotated[Person, Depends(get_user)]
Key = Annotated[str, Header(alias="Idempotency-Key")]
app = FastAPI(lifespan=open_desk)


@app.exception_handler(PhanAnhError)
async def tell(_: Request, error: PhanAnhError) -> JSONResponse:
    """Answer with what the caller can put right; the rest goes to the log."""
    for kind, status in STATUS:
        if isinstance(error, kind):
            return JSONResponse(error.as_dict("vi"), status)
    logging.getLogger("portal").error("%s", error)
    status = 503 if isinstance(error, StoreError) else 500
    return JSONResponse({"error": type(error).__name__, "message": BUSY}, status)


@app.post("/cases", status_code=201)
async def receive(call: Call, desk: TheDesk, user: User, key: Key) -> dict[str, Any]:
    """Take a request, and return its code for the sender; the same key gives the same case."""
    case = await desk.receive(
        kind=call.kind,
        channel="phone",
        content=call.content,
        sender=Sender(name=call.name, phone=call.phone),
        by=user,
        command_id=key,
    )
    return {**case.as_dict("vi"), "code": str(case.code)}


@app.post("/cases/{case}/answer")
async def answer(case: str, said: Answer, desk: TheDesk, user: User, key: Key) -> dict[str, Any]:
    """Answer a case as it was seen; 409 if somebody recorded since."""
    done = await desk.answer(case, text=said.text, by=user, expected=said.version, command_id=key)
    return done.as_dict("vi")


@app.get("/cases/{case}")
async def get(case: str, desk: TheDesk, _: User) -> dict[str, Any]:
    """Return a case as it is now, with a lapse that nobody recorded yet."""
    return (await desk.as_of(case)).as_dict("vi")


@app.get("/cases")
async def find(
    desk: TheDesk, _: User, state: StateSlug | None = None, after: str | None = None
) -> dict[str, Any]:
    """Return a page of cases, the newest first; `next` is the `after` of the next page."""
    page = await desk.find(states=[state] if state else None, order="newest", after=after)
    return page.as_dict("vi")


@app.get("/feed")
async def feed(desk: TheDesk, _: User, after: str | None = None) -> dict[str, Any]:
    """Return what was recorded, in order; `next` is where the following call goes on."""
    return (await desk.feed(after=after)).as_dict("vi")
