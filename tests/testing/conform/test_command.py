"""`python -m phananh.testing conform`: what it runs, what it says and how it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from phananh.testing.__main__ import main
from phananh.testing.conform.runner import list_tests
from phananh.testing.conformance import StoreConformance, contract_tests

HERE = "tests.testing.conform.stores"
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [*sys.path, "."]))}
SECOND = "test_refuses_a_second_beginning"


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    """Run the command; return how it ended, and what it printed."""
    code = main(["conform", *args])
    said = capsys.readouterr()
    return code, said.out, said.err


def run_apart(*args: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    call = [sys.executable, "-m", "phananh.testing", "conform", *args]
    return subprocess.run(call, env=ENVIRONMENT, capture_output=True, text=True, check=False)


def test_sound_store_passes(capsys: pytest.CaptureFixture[str]) -> None:
    """The table names the store and what it declares, and the command ends with 0."""
    code, out, _ = run(capsys, "memory:", "-k", "history")
    assert code == 0
    assert out.startswith("MemoryStore (memory:) declares lists\n")
    assert " 0 failed, " in out.splitlines()[-1]


def test_broken_store_fails_with_its_proof(capsys: pytest.CaptureFixture[str]) -> None:
    """A failed test comes with its sentence, the problem and the calls, and the end is 1."""
    code, out, _ = run(capsys, f"{HERE}:Broken", "-k", SECOND)
    assert code == 1
    assert out.splitlines()[2:7] == [
        f"FAILED      {SECOND}",
        "  should    A case begins once. A second first version is a ConflictError.",
        "  problem   recorded what should be a ConflictError",
        "  call 1    commit([<HB-1 on version 0: [Received]>]) returned None",
        "  call 2    commit([<HB-1 on version 0: [Received]>]) returned None",
    ]


def test_report_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The same as data, for programs."""
    code, out, _ = run(capsys, f"{HERE}:Broken", "-k", SECOND, "--json")
    data = json.loads(out)
    assert code == 1
    assert (data["store"], data["capabilities"], data["is_conform"]) == ("Broken", ["lists"], False)
    (result,) = data["results"]
    assert (result["test"], result["outcome"], len(result["calls"])) == (SECOND, "failed", 2)
    assert data["counts"] == {"passed": 0, "failed": 1, "not_offered": 0, "known_gap": 0}


def test_suite_of_ones_own(capsys: pytest.CaptureFixture[str]) -> None:
    """Gaps and tests that need pytest are listed with their reasons; nothing passed is no pass."""
    code, out, _ = run(capsys, f"{HERE}:GapSuite", "-k", SECOND)
    assert code == 1
    assert "known gap      1  versions, until 2.0" in out
    _, out, _ = run(capsys, f"{HERE}:GapSuite", "-k", "ours")
    assert "not offered    1  test_ours_takes_a_fixture takes fixtures of pytest" in out


@pytest.mark.parametrize("target", [f"{HERE}:make_file", "sqlite:{folder}/cases.db"])
def test_stores_at_paths(capsys: pytest.CaptureFixture[str], tmp_path: Path, target: str) -> None:
    """A call with a path, and a file's address, are run in several handles and opened again."""
    target = target.format(folder=tmp_path)
    for text in ("another_process_sees", "resumes_after"):
        code, out, _ = run(capsys, target, "-k", text)
        assert (code, out.splitlines()[-1]) == (
            0,
            "1 passed, 0 failed, 0 not offered, 0 known gap",
        ), out
    assert list(tmp_path.iterdir()) == []


def test_hook_that_a_factory_lacks_is_no_pass(capsys: pytest.CaptureFixture[str]) -> None:
    """What is declared and cannot be tested fails once, with the capability and what to write."""
    code, out, _ = run(capsys, f"{HERE}:make_file", "-k", "with_the_application")
    assert code == 1
    assert "write `def transaction(self, store)` in a subclass of StoreConformance" in out
    assert "for the store declares external_transaction" in out
    assert out.count("problem ") == 1
    assert "  also      test_commits_with_the_application" in out


def test_address_with_a_new_name(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Where an address has braces, each store stands under a new name."""
    code, out, _ = run(capsys, f"sqlalchemy+sqlite:///{tmp_path}/{{}}.db", "-k", "beginning")
    assert code == 0, out
    assert "sqlalchemy+sqlite" in out.splitlines()[0]
    assert len(list(tmp_path.glob("*.db"))) > 3


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("sqlalchemy+sqlite:////srv/x.db", "write {} into the address, as each test needs"),
        ("brand_store/test_store.py", "is a file; write brand_store.test_store:NAME, where"),
        ("./brand_store/test_store.py::TestOne", "write brand_store.test_store:NAME, where"),
        (f"{HERE}:Nothing", "has no Nothing that is a suite or makes a store"),
        (f"{HERE}:NOT_A_STORE", "has no NOT_A_STORE"),
        (f"{HERE}:make_from_two", "make_from_two takes path, name: write a suite"),
        (f"{HERE}:FailsToOpen", "no store can be made: OSError: no such server"),
        ("brand://{}", "is unknown; use one of memory:"),
        ("brand://x", "as an entry point in the group phananh.stores"),
        ("no.such.module:Store", "no module no.such.module: run it where it can be imported"),
        ("tests.testing.conform.failing:Store", "cannot be imported: SystemExit: 4 (in failing"),
    ],
)
def test_what_cannot_be_run(capsys: pytest.CaptureFixture[str], target: str, says: str) -> None:
    """A target that names no store ends with 2, and says the way out."""
    code, out, err = run(capsys, target)
    assert (code, out) == (2, "")
    assert says in err


def test_module_with_a_syntax_error(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module that Python cannot read ends with 2, and one line says why."""
    (tmp_path / "unreadable_store.py").write_text("class Store(:\n")
    monkeypatch.syspath_prepend(tmp_path)
    code, out, err = run(capsys, "unreadable_store:Store")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("unreadable_store cannot be imported: SyntaxError: ")


@pytest.mark.parametrize(
    ("store", "says"),
    [
        ("BlocksInMaking", "not done after 0.2 seconds"),
        ("HangsInClose", "not done after 0.2 seconds"),
        ("Undeclared", "`capabilities` of Undeclared is None, not a frozenset of names"),
        ("ExitsInMaking", "SystemExit: 3 (in stores.py:"),
    ],
)
def test_store_that_cannot_be_asked(
    capsys: pytest.CaptureFixture[str], store: str, says: str
) -> None:
    """It is a failure in the report, of the first step, and no test is run."""
    code, out, _ = run(capsys, f"{HERE}:{store}", "-k", "history", "--time-limit", "0.2", "--json")
    data = json.loads(out)
    assert (code, data["is_conform"]) == (1, False)
    assert [each["test"] for each in data["results"]] == ["make_store"]
    assert says in data["results"][0]["problem"]
    assert data["not_run"] > 1


def test_exit_of_a_store_is_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    """A store that ends the process fails its test, with the line, and the others are run."""
    code, out, _ = run(capsys, f"{HERE}:ExitsInLoading", "-k", "unknown_c")
    assert code == 1
    assert "SystemExit: 3 (in stores.py:" in out


def test_error_inside_a_store_has_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    """What a store raises by mistake is told with the innermost line of it."""
    _, out, _ = run(capsys, f"{HERE}:RaisesInside", "-k", "unknown_case_is")
    assert "problem   KeyError: 'no such case' (in stores.py:" in out


def test_stops_after_three_late_tests(capsys: pytest.CaptureFixture[str]) -> None:
    """Three tests that run into the time limit end the run, which says how many were not run."""
    code, out, _ = run(capsys, f"{HERE}:HangsInLoading", "-k", "keeps", "--time-limit", "0.1")
    *_, failed, _, _, left = out.splitlines()[-1].split(", ")
    assert (code, failed) == (1, "3 failed")
    assert int(left.removesuffix(" not run")) > 1


def test_stops_after_the_first_failure_if_asked(capsys: pytest.CaptureFixture[str]) -> None:
    """With --fail-fast no test is run after one that fails."""
    code, out, _ = run(capsys, f"{HERE}:RaisesInside", "-k", "keeps", "--fail-fast")
    assert code == 1
    assert " 1 failed, " in out.splitlines()[-1]
    assert out.splitlines()[-1].endswith(" not run")


def test_call_that_cannot_be_interrupted_ends_the_process() -> None:
    """A store that catches everything ends the run, and the stacks are on stderr."""
    ran = run_apart(f"{HERE}:CatchesEverything", "-k", "unknown_case_is", "--time-limit", "0.1")
    assert ran.returncode == 1
    assert "Timeout" in ran.stderr
    assert "in test_unknown_case_is_empty" in ran.stderr


def test_list_may_be_cut_off() -> None:
    """A reader that closes the list early leaves no traceback."""
    call = [sys.executable, "-m", "phananh.testing", "conform", "memory:", "--list"]
    with subprocess.Popen(call, env=ENVIRONMENT, stdout=-1, stderr=-1, text=True) as listing:
        assert listing.stdout is not None
        assert listing.stderr is not None
        listing.stdout.close()
        assert (listing.wait(), listing.stderr.read()) == (0, "")


def test_no_test_of_that_name(capsys: pytest.CaptureFixture[str]) -> None:
    """A text that is in no name is an error, not a pass."""
    code, _, err = run(capsys, "memory:", "-k", "nonsense")
    assert (code, err) == (2, "no test has 'nonsense' in its name\n")


def test_list_runs_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """The tests are listed, each with its sentence."""
    code, out, _ = run(capsys, f"{HERE}:FailsToOpen", "--list")
    lines = out.splitlines()
    assert code == 0
    assert tuple(lines[::2]) == contract_tests() == list_tests(StoreConformance)
    assert all(line.startswith("    ") and line.endswith(".") for line in lines[1::2])


def test_runs_without_pytest_and_without_asserts() -> None:
    """Under -O a broken store is found too, and pytest is not loaded."""
    code = (
        "import sys; from phananh.testing.__main__ import main;"
        f"ended = main(['conform', '{HERE}:Broken', '-k', '{SECOND}']);"
        "sys.exit(ended if not {'pytest', 'hypothesis'} & {*sys.modules} else 9)"
    )
    ran = subprocess.run([sys.executable, "-O", "-c", code], env=ENVIRONMENT)
    assert ran.returncode == 1
