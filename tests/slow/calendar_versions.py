"""The version of every named calendar, one a line: the same whichever release of `holidays`.

`.ci/versions` prints them with the oldest release and with the newest, and compares.
"""

from phananh.worktime import PRESETS, vietnam_calendar


def main() -> None:
    """Print each preset's name with the version of its calendar."""
    for name in sorted(PRESETS):
        print(name, vietnam_calendar(name).version)


if __name__ == "__main__":
    main()
