"""The API of the portal: each act once for its key, by the version seen, and as OpenAPI says."""

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import pytest

from phananh import Accused, Desk, Person, open_store, words
from phananh.acts import make_act
from phananh.office.channels import Message
from phananh.regulation.events import Answered
from phananh.stores.postgres import PostgresStore

httpx2 = pytest.importorskip("httpx2")
testclient = pytest.importorskip("fastapi.testclient")
api = pytest.importorskip("examples.portal.api")

from examples.portal.database import open_engine  # noqa: E402 - needs fastapi
from tests.portal.visitor import make_people  # noqa: E402
from tests.servers.portal import kill_worker, serve  # noqa: E402

CALL = api.EXAMPLES["receive"]
OTHER = Person(id="dtv-2", role="operator")
LOAD = 20  # cases between two kills


def headers(key: str = "", seen: int | None = None) -> dict[str, str]:
    """Return the headers of a request: the name of the act, and the version that was seen."""
    return {"Idempotency-Key": key} | ({} if seen is None else {"If-Match": f'"{seen}"'})


@pytest.fixture
def program(app: Any) -> Callable[[str], Any]:
    """Return what gives the client of a program with a token of an account."""
    return lambda name: testclient.TestClient(
        app, headers={"Authorization": f"Bearer {api.make_token(app.state.engine, name)}"}
    )


@pytest.fixture
def client(program: Callable[[str], Any]) -> Any:
    """Return the client of an operator's program."""
    return program("dien-thoai-vien")


def test_a_request_is_taken_once_and_answered(client: Any) -> None:
    """The same key gives the same answer, and takes no id of others; the case is in the list."""
    made = client.post("/api/cases", json=CALL, headers=headers("k-1"))
    again = client.post("/api/cases", json=CALL, headers=headers("k-1"))
    assert made.status_code == again.status_code == 201
    assert made.json() == again.json()
    case = made.json()["case"]
    url, said = f"/api/cases/{case}/answer", {"text": "Trả lời mẫu"}
    done = client.post(url, json=said, headers=headers("k-2", 1))
    assert (done.json()["state"], done.headers["ETag"]) == ("answered", '"2"')
    assert client.post(url, json=said, headers=headers("k-2", 1)).json() == done.json()
    listed = client.get("/api/cases", params={"state": "answered"})
    assert [row["case"] for row in listed.json()["rows"]] == [case]
    assert [
        told for told in (CALL["content"], *CALL["sender"].values()) if told in listed.text
    ] == []
    shown = client.get(f"/api/cases/{case}")
    assert (shown.json(), shown.headers["ETag"]) == (done.json(), '"2"')
    for key in ("k-1", "k-2"):  # such as an import has for its lines
        client.app.state.desk.desk.receive(
            kind="information", channel="phone", content="Khác", by=OTHER, command_id=key
        )


def test_what_is_wrong_is_a_problem_with_its_article(client: Any) -> None:
    """Each has the status that says whose turn it is, in both languages, and records nothing."""
    case = client.post("/api/cases", json={**CALL, "sender": {}}, headers=headers("k-1")).json()
    act, bad = f"/api/cases/{case['case']}/", {**api.EXAMPLES["escalate"]}
    for url, body, sent, status, article in (
        (act + "escalate", bad, headers("k", 1), 403, "6.c"),
        (act + "answer", {"text": "a"}, headers("k", 9), 412, None),
        (act + "answer", {"text": "a"}, headers("k"), 428, None),
        (act + "answer", {"text": "a"}, {"If-Match": '"1"'}, 400, None),
        (act + "answer", {"text": "a"}, headers("k", 0), 422, None),
        (act + "answer", {"text": "a", "texts": "b"}, headers("k", 1), 422, None),
        (act + "escalate", {"to": bad["to"] | {"unit": "x"}}, headers("k", 1), 422, None),
        (act + "escalate", {"to": bad["to"] | {"role": "provider"}}, headers("k", 1), 422, None),
        (act + "answer", [1], headers("k", 1), 422, None),
        (act + "rate", {"score": 4}, headers("k", 1), 409, None),
        ("/api/cases/HB-0/answer", {"text": "a"}, headers("k", 1), 404, None),
        ("/api/cases", {**CALL, "kind": "nope"}, headers("k"), 422, None),
        ("/api/cases", {**CALL, "content": "bimat " * 50_000}, headers("k"), 422, None),
        ("/api/cases", {**CALL, "sender": {"name": "Bimat\r\nBcc: x"}}, headers("k"), 422, None),
        ("/api/cases", {**CALL, "content": "bimat\0"}, headers("k"), 422, None),
        ("/api/nothing", {}, {}, 404, None),
    ):
        told = [client.post(url, json=body, headers=sent, params={"lang": n}) for n in ("vi", "en")]
        assert {each.headers["content-type"] for each in told} == {"application/problem+json"}
        found = told[0].json()
        assert (found["status"], found["article"]) == (status, article), found
        assert told[0].status_code == status
        assert "bimat" not in told[0].text.lower()
    assert client.get("/api/cases", params={"after": "nonsense"}).status_code == 422
    assert [row["version"] for row in client.get("/api/cases").json()["rows"]] == [1]


def test_nobody_gets_what_they_may_not_read(
    client: Any, program: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a good token it is 401. A case of others is one that there is not, in lists too."""
    desk, officer = client.app.state.desk.desk, program("mot-cua")
    made = client.post("/api/cases", json=CALL, headers=headers("k-1")).json()
    url, to = f"/api/cases/{made['case']}", api.EXAMPLES["escalate"]
    assert officer.get(url).json() == officer.get("/api/cases/HB-0").json()
    assert client.post(f"{url}/escalate", json=to, headers=headers("k-2", 1)).status_code == 200
    assert officer.get(url).json()["code"] is None
    assert [row["case"] for row in officer.get("/api/cases").json()["rows"]] == [made["case"]]
    steps = {each["trigger"]: each for each in officer.get(f"{url}/steps").json()}
    assert steps["answer"]["body"]["required"] == ["text"]
    back = [officer.post(f"{url}/send_back", json={"text": "a"}, headers=headers("k", 2))] * 2
    assert [each.status_code for each in back] == [204, 204]
    their = Accused(id="dien-thoai-vien", unit="x")
    monkeypatch.setattr(
        api,
        "load",
        lambda *seen, load=api.load: (
            load(*seen),
            desk.complete(made["case"], accused=[their], by=OTHER, command_id="meanwhile"),
        )[0],
    )
    told = client.post(f"{url}/answer", json={"text": "a"}, headers=headers("k-3", 3))
    assert told.json() == client.get("/api/cases/HB-0").json()
    again = client.post("/api/cases", json=CALL, headers=headers("k-1"))
    assert (client.get(url).status_code, again.status_code, again.text) == (404, 204, "")
    assert client.get("/api/cases").json()["rows"] == []
    program("dien-thoai-vien")  # a new token ends the old one
    for each in (client, testclient.TestClient(client.app)):
        assert each.get(url).status_code == each.post(url + "/note").status_code == 401


def test_a_repeated_act_hides_what_is_hidden_by_now(
    client: Any, program: Callable[[str], Any]
) -> None:
    """8.1.c2: who is of an accused's unit since then reads nothing more by the same key."""
    desk, officer = client.app.state.desk.desk, program("mot-cua")
    case = client.post("/api/cases", json=CALL, headers=headers("k-1")).json()["case"]
    desk.escalate(case, to=Person(id="mot-cua", role="officer", unit="MC-MAU"), by=OTHER)
    note = partial(
        officer.post, f"/api/cases/{case}/note", json={"text": "a"}, headers=headers("k", 2)
    )
    before = note().json()
    desk.complete(case, accused=[Accused(unit="MC-MAU")], by=OTHER)
    assert (before["content"], note().json()["content"]) == (CALL["content"], None)


def test_a_body_is_bounded_before_the_token(client: Any) -> None:
    """JSON and forms alike, with a length in the header or without, and NaN is no fault."""
    for path in ("/api/cases", "/api/cases/HB-0/answer", "/sign-in"):
        for body in (b" " * 600_000, (b" " * 1_000 for _ in range(600))):
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            assert (
                client.post(path, content=body, headers=headers("k", 1) | form).status_code == 413
            ), path
    wrong = json.dumps({**CALL, "kind": float("nan")})
    sent = client.post("/api/cases", content=wrong, headers=headers("k"))
    assert (sent.status_code, sent.json()["field"]) == (422, "kind")


def test_openapi_has_each_act_with_an_example_and_the_webhook(client: Any) -> None:
    """The examples are what the acts take, and the webhook is the letter that the worker posts."""
    document, by = client.get("/api/openapi.json").json(), Person(id="a", role="operator")
    assert document["openapi"].startswith("3.1")
    assert {*api.EXAMPLES} == {*words("trigger")} - {
        "lapse",
        "move_deadline",
        "erase",
        "sweep",
        "read",
    }
    for trigger, example in api.EXAMPLES.items():
        path = "/cases" if trigger == "receive" else f"/cases/{{case}}/{trigger}"
        body = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]
        jsonschema.validate(body["example"], body["schema"])
        assert make_act(trigger, example, by=by).trigger == trigger
    posted = document["webhooks"]["message"]["post"]["requestBody"]["content"]
    example = posted["application/json"]["example"]
    assert list(example) == [each.name for each in attrs.fields(Message)]


def send(client: Any, url: str, body: object, sent: dict[str, str]) -> Any:
    """Send a request until it is answered, whoever is killed meanwhile; return the JSON."""
    for _ in range(1_000):
        with suppress(httpx2.TransportError):  # it was killed, before or after it recorded
            told = client.post(url, json=body, headers=sent)
            if told.status_code in (200, 201):
                return told.json()
            assert told.status_code == 503, told.text
        time.sleep(0.05)
    raise AssertionError(sent)


def take_and_answer(name: int, home: str, token: str, made: dict[str, str], enough: int) -> None:
    """Take and answer requests until there are enough; note which key made which case."""
    with httpx2.Client(base_url=home, headers={"Authorization": f"Bearer {token}"}) as client:
        while len(made) < enough:
            key = f"{name}-{len(made)}"
            case = send(client, "/api/cases", CALL, headers(key))["case"]
            url, said = f"/api/cases/{case}/answer", api.EXAMPLES["answer"]
            assert send(client, url, said, headers(f"{key}-a", 1))["version"] == 2
            made[key] = case


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty store for several processes."""
    address = str(tmp_path / "cases.db")
    if request.param == "postgres":
        address = request.getfixturevalue("own_postgres").dsn()
        with PostgresStore(address) as store:
            store.migrate()
    make_people(open_engine(address))
    return address


def test_nothing_acknowledged_is_lost_when_workers_are_killed(address: str) -> None:
    """Workers are killed twice under load: each key made one case, answered once."""
    made, token = dict[str, str](), api.make_token(open_engine(address), "dien-thoai-vien")
    with serve(address) as (home, server), ThreadPoolExecutor(4) as pool:
        work = (home, token, made, LOAD * 3)
        working = [pool.submit(take_and_answer, name, *work) for name in range(4)]
        for turn in range(2):
            while len(made) < LOAD * (turn + 1) and not any(each.done() for each in working):
                time.sleep(0.005)
            kill_worker(server, turn)
        for each in working:
            each.result()
    with open_store(address) as store:
        desk = Desk(store=store)
        answered = desk.feed(events=[Answered], limit=100_000).entries
        assert sorted(entry.event.case for entry in answered) == sorted(made.values())
        assert desk.count(limit=100_000) == len({*made.values()}) == len(made) >= LOAD * 2
