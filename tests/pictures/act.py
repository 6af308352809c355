"""The way of an act: from the line of a program through rules, calendar and store to the feed."""

import attrs

from tests.pictures.drawing import LINE, Drawing

LEFT, WIDE = 30, 430


@attrs.frozen
class Stage:
    """A stage of the way: what happens there, and which errors end the way there."""

    name: str
    lines: tuple[str, ...]
    errors: tuple[str, ...] = ()
    kind: str = "box"


STAGES = (
    Stage("your program", ("desk.answer(case, text=..., by=officer)",), kind="plain"),
    Stage(
        "Desk",
        (
            "checks what you gave, and makes the act",
            "returns the first result, if the command id is known",
            "loads the case, if you named it by id or tracking code",
            "reads the clock",
        ),
        ("InputError", "NotFoundError", "ClockError"),
    ),
    Stage(
        "Rules: decide(case, act, moment)",
        (
            "if a limit ran out before, its lapse is the first event",
            "is there such a step from this state?",
            "may this person do it now? every reason is listed",
        ),
        ("StepNotAllowedError", "RefusedError, with the article of each reason"),
    ),
    Stage(
        "Calendar",
        (
            "if a limit begins, counts working hours to its due time",
            "the event keeps the spans and the version of the calendar",
        ),
        ("CoverageError, if it does not know the days",),
    ),
    Stage(
        "Store: commit(change)",
        (
            "events, the row for lists and the command id: all or none",
            "only if the case still has the version that was decided on",
        ),
        (
            "ConflictError: somebody was first; a case that you",
            "named by id is decided again, a few times",
            "StoreError: perhaps recorded; the command id settles it",
        ),
    ),
    Stage("your program", ("has the next case: its state, due time and version",), kind="over"),
    Stage(
        "Feed",
        (
            "has each event, in the order of the commits",
            'desk.consume("mail", handler) hands it over, at least once',
        ),
        ("an error of the handler: the entry comes again",),
        kind="over",
    ),
)


def draw() -> str:
    """Return the picture of the way."""
    picture = Drawing(910, 680, "The way of an act, and the errors that end it")
    y = 24.0
    for stage in STAGES:
        height = LINE * (len(stage.lines) + 1) + 14
        if y > 24:
            picture.arrow((LEFT + WIDE / 2, y - 24), (LEFT + WIDE / 2, y - 1))
        picture.box(LEFT, y, WIDE, [stage.name, *stage.lines], kind=stage.kind)
        if stage.errors:
            add_errors(picture, y + height / 2, stage.errors)
        y += height + 24
    return picture.svg()


def add_errors(picture: Drawing, y: float, errors: tuple[str, ...]) -> None:
    """Add the way out of a stage, and what is raised there."""
    right = LEFT + WIDE
    picture.arrow((right, y), (right + 34, y))
    top = y + 4 - LINE * (len(errors) - 1) / 2
    picture.write(right + 42, top, errors, look="label")
