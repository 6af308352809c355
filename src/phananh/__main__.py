"""`python -m phananh`: the same as the command `phananh`."""

import sys
from importlib.util import find_spec


def main() -> None:
    """Run the command line, or say which extra it needs."""
    try:
        from phananh.cli.app import main as run

        if find_spec("rich") is None:  # click may come with another package
            raise ModuleNotFoundError(name="rich")
    except KeyboardInterrupt:
        sys.exit(130)
    except ModuleNotFoundError as error:
        if error.name not in ("click", "rich"):
            raise
        sys.exit(
            'phananh: the command line needs the extra "cli"; in a clone: pip install ".[cli]"'
        )
    run()


if __name__ == "__main__":
    main()
