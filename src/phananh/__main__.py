"""`python -m phananh`: the same as the command `phananh`."""

import sys


def main() -> None:
    """Run the command line, or say which extra it needs."""
    try:
        from phananh.cli.app import main as run
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
