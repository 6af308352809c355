"""Where the Regulation has a gap and the program has no step for it: a section of a page.

Each is told with its clauses, so that whoever answers for the Regulation can decide.
"""

from phananh.articles import Article

# clauses: what is missing
GAPS: tuple[tuple[str, str], ...] = (
    (
        "8.1.b 8.1.c1 8.2.b",
        "An officer, agency or provider that never answers keeps the case. "
        "No clause lets anybody else answer for them.",
    ),
    (
        "8.1.b 8.2.a",
        "A case that the operator passed to the wrong officer or provider cannot go back or "
        "across. The text knows no such step, so the holder answers with guidance.",
    ),
    (
        "8.1.c1",
        "The clause sends a case to agencies, in the plural. "
        "Here it lies with one agency at a time, and the officer asks them one after another.",
    ),
    (
        "8.1.c1 9.2 11.1.a 11.1.b",
        "Articles 9 and 11 let agencies answer, and Article 8 lets the officer answer once the "
        "agency is done. Here the agency reports and the officer answers.",
    ),
    (
        "QD.2",
        "The Decision does not say what applies to cases from before 30 October 2019. "
        "They are handled under it, with a caution.",
    ),
    (
        "8.1.c1 9.3",
        "An officer who asks another agency gives the citizen a new appointment each time. "
        "Article 9 limits only how often an agency reschedules.",
    ),
    (
        "8.1.c1 9.3",
        "A reschedule may name a time before the one that the citizen was given. "
        "The new time then replaces the former one.",
    ),
    (
        "2.2 7.2 10.2.c",
        "A case that was refused can be published and rated once it is closed. "
        "The text does not say whether a refusal is a result.",
    ),
)


def section() -> str:
    """Return the section of the page of open questions."""
    head = (
        "\n## Gaps without a step\n\n"
        "The text leaves these open as well, and the program has no step for them.\n\n"
    )
    return head + "".join(f"- {_cite(clauses)}: {_break(text)}\n" for clauses, text in GAPS)


def _break(text: str) -> str:
    """Return the text with one sentence a line."""
    return text.replace(". ", ".\n  ")


def _cite(clauses: str) -> str:
    return ", ".join(Article(clause).id for clause in clauses.split())
