"""The application of the page on FastAPI, served by four processes on one file."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from phananh import Desk
from phananh.stores import SqliteStore
from tests.desk import people as p
from tests.page_console import SOURCES
from tests.test_docs import BLOCK, ROOT, text_of

WORKER = """
import json, sys
from fastapi.testclient import TestClient
from page import app

name, cases = sys.argv[1], json.loads(sys.argv[2])
call = {"kind": "information", "content": "mẫu", "name": "Người gửi mẫu", "phone": "0218 3831022"}
print("ready", flush=True)
sys.stdin.readline()
with TestClient(app) as client:
    client.post("/sign-in", json={"name": "op1", "password": "mat-khau-mau"})
    for n, case in enumerate(cases):
        form = {"version": 1, "to": "cb1"}
        url = f"/cases/{case}/escalate"
        done = client.post(url, json=form, headers={"X-Click": f"{name}-{n}"})
        print(done.status_code, flush=True)
    for n in range(10):
        made = client.post("/cases", json=call, headers={"X-Click": f"{name}-new-{n}"})
        again = client.post("/cases", json=call, headers={"X-Click": f"{name}-new-{n}"})
        assert made.status_code == again.status_code == 200, made.text
        assert made.json()["case"] == again.json()["case"]
"""


def write_page(folder: Path) -> None:
    """Write the application of the page as a module, without what tries it out."""
    blocks = (
        block["body"]
        for block in BLOCK.finditer(text_of(ROOT / "docs" / "how-to" / "fastapi.md"))
        if block["lang"] == "python" and ">>>" not in block["body"]
    )
    parts = [body for body in blocks if "TestClient" not in body]
    (folder / "page.py").write_text("\n".join(parts), encoding="utf-8")
    (folder / "worker.py").write_text(WORKER, encoding="utf-8")


@pytest.fixture
def cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return twelve cases in the file of the application, which is in an empty folder."""
    write_page(tmp_path)
    monkeypatch.setenv("PYTHONPATH", SOURCES)
    with SqliteStore(tmp_path / "cases.db") as store:
        return [p.a_case(Desk(store=store)).id for _ in range(12)]


def start_worker(folder: Path, name: str, cases: list[str]) -> "subprocess.Popen[str]":
    """Return a worker that has loaded the page, and waits for the word to begin."""
    worker = subprocess.Popen(
        [sys.executable, "worker.py", name, json.dumps(cases)],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == "ready\n", worker.communicate()[1]
    return worker


def test_four_processes_serve_one_file(tmp_path: Path, cases: list[str]) -> None:
    """Each case is passed on by one process, the others get 409; no click is done twice."""
    workers = [start_worker(tmp_path, f"w{n}", cases) for n in range(4)]
    told = []
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("\n")
        worker.stdin.flush()
    for worker in workers:
        out, err = worker.communicate(timeout=60)
        assert worker.returncode == 0, err
        told.append(out.split())
    assert all(sorted(codes) == ["200"] + ["409"] * 3 for codes in zip(*told, strict=True)), told
    with SqliteStore(tmp_path / "cases.db") as store:
        rows = Desk(store=store).find(limit=100).rows
    made_before = {row.case: row.version for row in rows if row.case in set(cases)}
    assert made_before == dict.fromkeys(cases, 2)
    assert len(rows) == len(cases) + 4 * 10
