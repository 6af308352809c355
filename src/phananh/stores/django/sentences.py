"""Our sentences where Django shows them, in the language that is active."""

from typing import Any

from django.utils.translation import get_language

from phananh.messages.catalogue import MESSAGES


def active_language() -> str:
    """Return `vi` if Django speaks Vietnamese now, else `en`."""
    return "vi" if str(get_language()).startswith("vi") else "en"


def say(code: str, **facts: Any) -> str:
    """Return the problem and the way out."""
    return MESSAGES[code].text(facts, active_language())
