"""Every message of an error, by its code; each area keeps its own table."""

from phananh.messages.desk import DESK
from phananh.messages.general import GENERAL
from phananh.messages.message import Message

MESSAGES: dict[str, Message] = {
    **GENERAL,
    **DESK,
}  # fmt: skip
