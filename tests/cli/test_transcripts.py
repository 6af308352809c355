"""Each command prints what its transcript shows, in both languages, as text and as JSON."""

import pytest

from tests.cli.transcript import FILES, play_all


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_transcript_is_what_is_printed(path, tmp_path):
    """Standard output, standard error and exit code are the same byte for byte."""
    assert play_all(path, tmp_path) == path.read_text("utf-8")
