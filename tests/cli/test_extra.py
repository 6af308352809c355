"""Without what the extra `cli` installs, the command says so."""

import pytest

from phananh.__main__ import main


def test_click_of_another_package_is_not_the_command_line(monkeypatch):
    """Where click came with another package and rich did not, one line says what to install."""
    monkeypatch.setattr("phananh.__main__.find_spec", lambda _name: None)
    with pytest.raises(SystemExit, match=r'the command line needs the extra "cli"; in a clone'):
        main()
