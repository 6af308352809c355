"""The file that carries each clause, as the files themselves say it by what they cite.

A file carries a clause that its opening paragraph cites, or that its code names. Of several
the one meant lies at the root of `regulation`, and its opening cites the fewest.
"""

import ast
import re
from functools import cache

from phananh.articles import CLAUSES
from tests.house import HOUSE, SOURCES, tree
from tests.test_house import cited

# These cite clauses as data, or in passing.
IN_PASSING = (
    *("articles/", "cli/", "messages/", "testing/"),
    *("regulation/readings.py", "regulation/case.py", "regulation/guards.py"),
)
# Values of a request are the articles on who asks and by which channel: a range, "Art. 4-6".
WHOLE_ARTICLES = {"5.1": "regulation/request.py", "5.2": "regulation/request.py"}


@cache
def openings() -> dict[str, tuple[set[str], set[str]]]:
    """Return, by file, the clauses of its opening paragraph and those that its code names."""
    found = {}
    for path in SOURCES:
        file = path.relative_to(HOUSE).as_posix()
        if not file.startswith(IN_PASSING):
            texts = {n.value for n in ast.walk(tree(path)) if isinstance(n, ast.Constant)}
            opening = (ast.get_docstring(tree(path)) or "").partition("\n\n")[0]
            # Another law, such as NĐ 20/2008, has articles too; a range names no clause.
            opening = re.sub(r"\(NĐ [^)]*\)|(?<![\d.])\d+-\d+(?![\d.])", "", opening)
            found[file] = ({*cited(opening)}, texts & CLAUSES.keys())
    return found


def carrier(clause: str) -> str | None:
    """Return the file that carries a clause, or None where no file does."""
    ranks = []
    for file, (opening, code) in openings().items():
        exact, named = clause in opening, clause in code
        article = any(clause.startswith(f"{place}.") for place in opening)
        if exact or named or article:
            at_root = file.startswith("regulation/") and file.count("/") == 1
            ranks.append((not at_root, not exact, not (article and named), len(opening), file))
    return min(ranks)[-1] if ranks else WHOLE_ARTICLES.get(clause)
