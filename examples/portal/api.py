"""JSON for programs, under /api: OpenAPI 3.1, problem+json, idempotency keys, ETag and If-Match."""

import json
import secrets
import sys
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import Engine, delete, insert, select
from starlette.datastructures import State as AppState
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.requests import ClientDisconnect

from examples.portal.accounts import ADMINISTRATOR, read_accounts
from examples.portal.cases import find_readable, load
from examples.portal.database import TOKENS, fetch, open_engine, read_address, record
from examples.portal.rendering import lang_of, message_of, status_of
from examples.portal.sign_in import LARGEST, desk_of, digest, find_near, limit, record_reads
from phananh import Case, ConflictError, Desk, Person, PhanAnhError, Role, State, words
from phananh.acts import Act, make_act, make_act_schema

DESCRIBED = json.loads((Path(__file__).parent / "api.json").read_text(encoding="utf-8"))
EXAMPLES: dict[str, Any] = DESCRIBED["acts"]
MISSING = {"If-Match": 428, "Idempotency-Key": 400}  # the answer without such a header
Key = Annotated[str, Header(alias="Idempotency-Key", pattern="^[!-~]{1,60}$", examples=["k-1"])]
Version = Annotated[str, Header(alias="If-Match", pattern='^"[1-9][0-9]{0,8}"$', examples=['"1"'])]
Lang = Annotated[Literal["vi", "en"], Query()]
Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))]


def describe(said: str, schema: str, kind: str = "json", **more: Any) -> dict[str, Any]:
    """Return how OpenAPI describes an answer."""
    content = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    return {"description": said, "content": {f"application/{kind}": content}, **more}


PROBLEM = describe("What is wrong is in `detail`", "Problem", "problem+json")
TAG = {"ETag": {"description": "The version, for If-Match", "schema": {"type": "string"}}}
CASE, STEPS = describe("The case", "Case", headers=TAG), describe("Steps", "Steps")
router = APIRouter(responses={"4XX": PROBLEM, "5XX": PROBLEM})


async def read_body(request: Request) -> bytes:
    """Read the body before the account, which may be closed while it comes."""
    return await request.body()


Body = Annotated[bytes, Depends(read_body)]


def find_person(request: Request, given: Bearer, _body: Body, lang: Lang = "vi") -> Person:
    """Return the person of a token; 401 if no account has it."""
    engine, token = request.app.state.engine, digest(given.credentials if given else "")
    rows = fetch(engine, select(TOKENS.c.account).where(TOKENS.c.digest == token))
    request.state.account = account = find_near(request, rows[0].account) if rows else None
    if not account or account.state == "new" or account.role == ADMINISTRATOR:
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    return account.person


User = Annotated[Person, Depends(find_person)]


@router.get("/cases", operation_id="list_cases", responses={200: describe("Cases", "Page")})
async def list_cases(
    request: Request,
    user: User,
    state: State | None = None,
    after: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> Response:
    """List cases, the newest first: all of the centre's, or those that an office has to see to."""
    desk, lang, states = desk_of(request), lang_of(request), [state] if state else None
    query: Any = {"states": states, "order": "newest", "after": after, "limit": limit}
    is_centre = user.role in (Role.OPERATOR, Role.LEADERSHIP)
    read = desk.run(find_readable, user, **query) if is_centre else desk.find(for_=user, **query)
    page = await read
    return JSONResponse({"rows": [row.as_dict(lang) for row in page.rows], "next": page.next})


@router.get("/cases/{case}", operation_id="get_case", responses={200: CASE})
async def get_case(request: Request, case: str, user: User) -> Response:
    """Return a case as it is now, with a lapse that is not recorded yet."""
    return await desk_of(request).run(lambda desk: show(request, load(desk, case, user), user))


@router.get("/cases/{case}/steps", operation_id="list_steps", responses={200: STEPS})
async def list_steps(request: Request, case: str, user: User) -> Response:
    """List the steps that the person has, the reasons against each, and what its body holds."""
    lang = lang_of(request)
    steps = await desk_of(request).run(lambda desk: desk.steps(load(desk, case, user), user))
    plain = [each.as_dict(lang) | {"body": each.schema(lang)} for each in steps]
    return JSONResponse([{n: v for n, v in each.items() if n != "fields"} for each in plain])


def describe_act(trigger: str) -> dict[str, Any]:
    """Return how OpenAPI describes an act, with the library's schema of its body."""
    body = {"schema": make_act_schema(trigger, "vi"), "example": EXAMPLES[trigger]}
    taken = {"required": True, "content": {"application/json": body}}
    return {"operation_id": trigger, "openapi_extra": {"requestBody": taken}}


@router.post("/cases", status_code=201, responses={201: CASE}, **describe_act("receive"))
async def receive(request: Request, user: User, key: Key) -> Response:
    """Take a request. The same key gives the same case, with its tracking code."""
    act = await read_act(request, "receive", user)
    return await desk_of(request).run(do, request, None, act, key)


async def act(request: Request, case: str, user: User, key: Key, seen: Version) -> Response:
    """Act on the version that was seen: 412 if somebody recorded something since."""
    wanted = await read_act(request, request.url.path.rpartition("/")[2], user)
    return await desk_of(request).run(do, request, case, wanted, key, int(seen.strip('"')))


for each in [name for name in EXAMPLES if name != "receive"]:
    router.post(
        f"/cases/{{case}}/{each}",
        summary=words("trigger", "vi")[each],
        responses={200: CASE, 204: {"description": "Recorded, and not to be read any more"}},
        **describe_act(each),
    )(act)


async def read_act(request: Request, trigger: str, user: Person) -> Act:
    """Return the act of a body, which has no other fields."""
    try:
        given = await request.json()
    except (ValueError, RecursionError):
        raise HTTPException(400) from None
    act = make_act(trigger, given, by=user)
    if other := given.keys() - make_act_schema(trigger)["properties"].keys():
        raise HTTPException(422, f"unknown fields: {sorted(other)}"[:200])
    return act


def do(
    desk: Desk, request: Request, case: str | None, act: Act, key: str, seen: int | None = None
) -> Response:
    """Do an act once, and answer with the case, if the person may read it then."""
    user, command = act.by, f"{act.by.id}/{key}"
    if case and desk.store.find_command(command) is None:
        load(desk, case, user)
        limit(request, "act", f"{user.id} {case}", most=30)
    try:
        done = desk.do(case, act, expected=seen, command_id=command)
    except PhanAnhError as error:
        if case and error.http_status < 500:
            load(desk, case, user)  # they may be accused since
        raise
    if desk.may_read(done, user) or desk.may_read(now := desk.get(done.id), user):
        return Response(status_code=204)
    return show(request, desk.as_of(now), user, status=200 if case else 201)  # also if repeated


def show(request: Request, case: Case, user: Person, *, status: int = 200) -> Response:
    """Return a case with its version, and record that the account read it."""
    record_reads(request, "api", case.id)
    tag = {"ETag": f'"{case.version}"'}
    return JSONResponse(case.as_dict(lang_of(request), for_=user), status, tag)


async def answer_problem(request: Request, error: Exception) -> Response:
    """Answer with problem+json, and with nothing of a fault of the service itself."""
    lang, facts, headers = lang_of(request), dict[str, Any](article=None), None
    if isinstance(error, PhanAnhError):
        status = 412 if isinstance(error, ConflictError) else status_of(error)
        facts |= error.as_dict(lang) if status < 500 else {}
        detail = message_of(error, status, lang)
    elif isinstance(error, RequestValidationError):
        wrong = [(str(each["loc"][-1]), each["type"], each["msg"]) for each in error.errors()]
        status = next((MISSING.get(name, 422) for name, kind, _ in wrong if kind == "missing"), 422)
        detail = "; ".join(f"{name}: {said}" for name, _, said in wrong)
    else:
        assert isinstance(error, AnyHTTPException)
        status, detail, headers = error.status_code, error.detail, error.headers
    facts.pop("message", None)
    facts |= {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    return JSONResponse({"detail": detail, **facts}, status, headers, "application/problem+json")


def make_api(state: AppState) -> FastAPI:
    """Return the API as an application of its own, with the desk and accounts of the portal."""
    api = FastAPI(title="Cổng 1022 mẫu", version="1", docs_url=None, redoc_url=None)
    api.state = state
    api.add_exception_handler(ClientDisconnect, lambda request, error: Response(status_code=400))
    api.include_router(router, max_body_size=LARGEST)
    for kind in (PhanAnhError, AnyHTTPException, RequestValidationError):
        api.add_exception_handler(kind, answer_problem)
    document = api.openapi()
    document["components"].setdefault("schemas", {}).update(DESCRIBED["schemas"])
    document["webhooks"] = DESCRIBED["webhooks"]
    return api


def make_token(engine: Engine, name: str) -> str:
    """Return a new token of an account, of which the table has the digest; it ends the old one."""
    token = secrets.token_urlsafe(32)
    old = delete(TOKENS).where(TOKENS.c.account == name)
    record(engine, old, insert(TOKENS).values(account=name, digest=digest(token)))
    return token


if __name__ == "__main__":
    engine, name = open_engine(read_address()), sys.argv[-1]
    if name not in read_accounts(engine):
        sys.exit(f"There is no account {name!r} in {read_address().rpartition('@')[2]}.")
    print(make_token(engine, name))
