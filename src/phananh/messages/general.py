"""What may be wrong with any value: its type, a slug, a text, a date."""

from phananh.messages.message import Message

GENERAL: dict[str, Message] = {
    "unknown_language": Message(
        vi="không có {value}", en="{value} is unknown", way_vi="dùng vi hoặc en",
        way_en="use vi or en",
    ),
}  # fmt: skip
