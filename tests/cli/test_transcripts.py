"""Each command prints what its transcript shows, in both languages, as text and as JSON."""

from importlib.metadata import version

import pytest

from tests.cli.transcript import FILES, play_all

NEW = {"click": (8, 5), "rich": (14, 3)}  # others are as good, and print some lines otherwise
IS_NEW = all(tuple(map(int, version(name).split(".")[:2])) >= NEW[name] for name in NEW)


@pytest.mark.skipif(not IS_NEW, reason=f"printed by {NEW}")
@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_transcript_is_what_is_printed(path, tmp_path):
    """Standard output, standard error and exit code are the same byte for byte."""
    assert play_all(path, tmp_path) == path.read_text("utf-8")
