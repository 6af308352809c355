"""`phananh db` lists its commands, and shows no password whatever goes wrong."""

import pytest

from tests.cli.terminal import run


def test_commands_are_listed_in_both_languages() -> None:
    """Without a command below it the help is shown, and the run ends with 2."""
    told, vietnamese = run("db"), run("db", "--lang", "vi")
    assert (told.exit_code, vietnamese.exit_code) == (2, 2)
    for name in ("migrate", "schema", "status", "backup"):
        assert name in told.stdout
        assert name in vietnamese.stdout
    assert "no command mirgate; the nearest: migrate" in run("db", "mirgate").stderr


@pytest.mark.parametrize("more", [(), ("--json",), ("--lang", "vi")])
@pytest.mark.parametrize(
    "address",
    [
        "postgresql://lan:s3cret@127.0.0.1:1/x?phananh_timeout=0.1&phananh_retry_for=0",
        "postgresql:///x?host=127.0.0.1&port=1&password=s3cret&phananh_timeout=0.1"
        "&phananh_retry_for=0",
        "postgresql://lan:s3cret@[127.0.0.1/x",
        "oracle://lan:s3cret@h/x",
        "lan:s3cret@h",
        "postgresql://lan:s3cret@h/x?phananh_sch=y",
    ],
)
@pytest.mark.parametrize("command", [("db", "status"), ("list",)])
def test_no_password_is_shown(
    command: tuple[str, ...], address: str, more: tuple[str, ...]
) -> None:
    """A server that is away, a URL that is none: the error names no password, typed or exported."""
    for given, env in ((("--db", address), {}), ((), {"PHANANH_DB": address})):
        result = run(*command, *given, *more, **env)
        assert result.exit_code == 2
        assert "s3cret" not in result.output
