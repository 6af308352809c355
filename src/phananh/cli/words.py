"""What the command line says, in Vietnamese, by its English sentence (as gettext does)."""

from phananh.cli.visible import visible

VI: dict[str, str] = {}


def say(english: str, lang: str, **facts: object) -> str:
    """Return a sentence in `vi` or `en`, its facts put in and made visible."""
    text = VI.get(english, english) if lang == "vi" else english
    return text.format(**{name: visible(str(fact)) for name, fact in facts.items()}) if facts else text
