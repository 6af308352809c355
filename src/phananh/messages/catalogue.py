"""Every message of an error, by its code. Each area has its own table."""

from phananh.messages.calendars import CALENDARS
from phananh.messages.cases import CASES
from phananh.messages.files import FILES
from phananh.messages.general import GENERAL
from phananh.messages.message import Message
from phananh.messages.stores import STORES
from phananh.messages.testing import TESTING

MESSAGES: dict[str, Message] = {**GENERAL, **CASES, **CALENDARS, **FILES, **STORES, **TESTING}
