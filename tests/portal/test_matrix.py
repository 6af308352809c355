"""Who comes in where: every route of the portal, tried by every role, against one table."""

import secrets
from typing import Any

from examples.portal.api import EXAMPLES, make_token
from examples.portal.database import UPLOADS, fetch
from phananh import Accused, Case, Person
from tests.portal.visitor import PEOPLE, Visitor, app, clock, list_routes, visit

__all__ = ["app", "clock", "visit"]

# Route: who is let in. Nobody else gets past the sign-in, a 403 or a 404. The case is of that
# citizen, and its officer waits for the agency.
OF_CASE = "operator officer agency agency_head leadership"
STAFF = f"{OF_CASE} provider office"
SIGNED_IN = f"{STAFF} administrator"
EVERYBODY = f"citizen {SIGNED_IN}"
ADMITTED = {
    "GET /": EVERYBODY,
    "GET /guidance": EVERYBODY,
    "GET /results": EVERYBODY,
    "GET /sign-in": EVERYBODY,
    "POST /sign-in": EVERYBODY,
    "POST /sign-out": EVERYBODY,
    "GET /account": SIGNED_IN,
    "POST /account": SIGNED_IN,
    "GET /send": "citizen",
    "POST /send": "citizen",
    "GET /track": "citizen",
    "POST /track": "citizen",
    "GET /my/{key}": "citizen",
    "POST /my/{key}": "citizen",
    "GET /my/{key}/receipt": "citizen",
    "GET /inbox": STAFF,
    "GET /search": STAFF,
    "POST /search": STAFF,
    "GET /outcome": "agency agency_head",
    "POST /outcome": "agency agency_head",
    "GET /all": "operator leadership",
    "GET /publications": "operator leadership",
    "GET /new": "operator",
    "POST /new": "operator",
    "POST /new/look": "operator",
    "GET /overview": "leadership",
    "GET /conduct": "leadership",
    "GET /report": "leadership office",
    "GET /report/cases": "leadership office",
    "GET /report/{name}": "leadership office",
    "GET /case/{key}": OF_CASE,
    "GET /case/{key}/{trigger}": "operator officer agency leadership",
    "POST /case/{key}/{trigger}": OF_CASE,
    "GET /case/{key}/related": "operator leadership",
    "GET /case/{key}/letters": OF_CASE,
    "GET /case/{key}/letters/{name}": OF_CASE,
    "POST /case/{key}/files": f"citizen {OF_CASE}",
    "GET /case/{key}/files/{file}": f"citizen {OF_CASE}",
    "GET /admin/accounts": "administrator",
    "POST /admin/accounts": "administrator",
    "GET /admin/reads": "administrator",
    "GET /admin/registers": "administrator",
    "POST /admin/registers": "administrator",
    "GET /api/cases": STAFF,
    "GET /api/cases/{case}": OF_CASE,
    "GET /api/cases/{case}/steps": OF_CASE,
    "POST /api/cases": "operator",
    **{
        f"POST /api/cases/{{case}}/{trigger}": OF_CASE
        for trigger in EXAMPLES
        if trigger != "receive"
    },
}
OTHER_NAMES = {"/case/{key}/letters/{name}": "appointment.txt", "/report/{name}": "report.csv"}


def make_case(desk: Any, citizen: Visitor) -> Case:
    """Return the case of a citizen whose officer waits for the agency."""
    people = {name: Person(id=name, role=role, unit=unit) for name, _, role, unit in PEOPLE[:2]}
    case = desk.get(citizen.take(**{"sender.name": "Mẫu", "sender.phone": "0218 383 1022"}))
    case = desk.escalate(case, to=people["mot-cua"], by=people["dien-thoai-vien"])
    at = desk.now().replace(day=29, hour=9)
    return desk.request_verification(case, agency="CQ-MAU", appointment=at, by=people["mot-cua"])


def is_let_in(
    visitor: Visitor, method: str, pattern: str, case: Case, file: str, form: dict[str, str]
) -> bool:
    """Tell whether a route lets somebody in who sends nothing of use."""
    name = OTHER_NAMES.get(pattern, "co-quan-2")
    path = pattern.format(key=case.id, case=case.id, trigger="note", file=file, name=name)
    given: dict[str, Any] = {"data": form} if method == "POST" else {}
    if pattern.startswith("/api"):
        headers = {"Idempotency-Key": secrets.token_hex(8), "If-Match": '"1"'}
        given = {"headers": {"Authorization": f"Bearer {form['bearer']}", **headers}}
        body = EXAMPLES.get(path.rpartition("/")[2], EXAMPLES["receive"])
        given |= {"json": body} if method == "POST" else {}
    found = visitor.client.request(method, path, follow_redirects=False, **given)
    is_sent_away = found.headers.get("location") in ("/sign-in", "/account") and path != "/sign-out"
    return (not is_sent_away and found.status_code not in (401, 403, 404)) or path == "/sign-in"


def test_each_route_lets_in_whom_the_table_names(app: Any, visit: Any) -> None:
    """Every route is in the table, and nobody but the roles there gets past its door."""
    routes = sorted(list_routes(), key=lambda route: (route[1] == "/sign-out", route[1]))
    citizen = visit("cong-dan")
    assert {f"{method} {pattern}" for method, pattern in routes} == {*ADMITTED}
    desk, case = app.state.desk.desk, make_case(app.state.desk.desk, citizen)
    sent = {"data": {"token": citizen.token()}, "files": {"file": ("a.pdf", b"%PDF-1.7")}}
    assert citizen.client.post(f"/case/{case.id}/files", **sent).status_code == 200
    (file,) = fetch(app.state.engine, UPLOADS.select())
    found: dict[str, list[str]] = {route: [] for route in ADMITTED}
    names = {role: name for name, _, role, _ in reversed(PEOPLE)}
    for role in EVERYBODY.split():
        visitor = visit(names[role]) if role in names else citizen
        bearer = make_token(app.state.engine, names[role]) if role in names else ""
        form = {"token": visitor.token(), "code": case.code, "bearer": bearer}
        for method, pattern in routes:
            if is_let_in(visitor, method, pattern, case, file.id, form):
                found[f"{method} {pattern}"].append(role)
    assert {route: {*roles} for route, roles in found.items()} == {
        route: {*roles.split()} for route, roles in ADMITTED.items()
    }
    operator = visit("dien-thoai-vien")
    for method, pattern in routes:
        if method == "POST" and not pattern.startswith("/api"):  # as from a page of another site
            path = pattern.format(key=case.id, trigger="note", name="co-quan-2")
            data = {"token": "đ", "text": "Mẫu", "version": str(case.version), "click": "c"}
            assert operator.client.post(path, data=data).status_code in (403, 404), path
    accused = Accused(id="mot-cua", unit="MC-MAU")
    desk.complete(case.id, accused=[accused], by=Person(id="dtv-2", role="operator"))
    visitor, bearer = visit("mot-cua"), make_token(app.state.engine, "mot-cua")
    form = {"token": visitor.token(), "code": case.code, "bearer": bearer}
    of_case = [
        (method, pattern) for method, pattern in routes if "{key}" in pattern or "{case}" in pattern
    ]
    assert not any(is_let_in(visitor, *route, case, file.id, form) for route in of_case)
