"""Every message of an error, by its code. Each area has its own table."""

from phananh.messages.act_log import ACT_LOG
from phananh.messages.acts import ACTS
from phananh.messages.arrays import ARRAYS
from phananh.messages.databases import DATABASES
from phananh.messages.days import DAYS
from phananh.messages.desk import DESK
from phananh.messages.error_frames import ERROR_FRAMES
from phananh.messages.explanations import NOT_EXPLAINED
from phananh.messages.files import FILES
from phananh.messages.general import GENERAL
from phananh.messages.hours import HOURS
from phananh.messages.message import Message
from phananh.messages.servers import DJANGO, SERVERS
from phananh.messages.stores import STORES
from phananh.messages.terms import TERMS
from phananh.messages.testing import TESTING

MESSAGES: dict[str, Message] = {
    **ERROR_FRAMES,
    **GENERAL,
    **ACT_LOG,
    **ARRAYS,
    **DATABASES,
    **DESK,
    **DAYS,
    **HOURS,
    **FILES,
    **NOT_EXPLAINED,
    **SERVERS,
    **STORES,
    **DJANGO,
    **TERMS,
    **ACTS,
    **TESTING,
}  # fmt: skip
