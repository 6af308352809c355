"""Vietnamese and English words for what the code names by slugs."""

from collections.abc import Mapping


def refusal_text(code: str, facts: Mapping[str, str], lang: str) -> str:
    """Return the words for a refusal code."""
    return code
