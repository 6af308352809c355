"""Every clause of the Regulation, by id: where a rule is written (Decision 2370/QĐ-UBND).

An id is `article.clause.point`: "9.1", "8.1.b", "6.a". Point đ is `dd`; the two points c
of 8.1 are `8.1.c1` and `8.1.c2` (reading R1); the second paragraph of 16.1 is `16.1.p2`;
articles of the Decision itself, above the annexed Regulation, are `QD.1` to `QD.3`.
"""

import attrs

# id: (paraphrase in Vietnamese, paraphrase in English)
CLAUSES: dict[str, tuple[str, str]] = {
    "9.1": ("", ""),
}


@attrs.frozen
class Article:
    """A clause that the code cites, such as `Article("9.1")`; an unknown id raises at once."""

    id: str
