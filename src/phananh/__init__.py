"""phananh: the hotline regulation of Decision 2370/QĐ-UBND (Hòa Bình, 2019) as software.

Two ideas: a Case is a value, what a history of events adds up to; a Desk is where acts
happen, it asks the Regulation and records what it allows.
"""

from phananh.articles import Article
from phananh.desk import Desk, Swept
from phananh.errors import (
    ConflictError,
    CoverageError,
    InputError,
    NotFoundError,
    PhanAnhError,
    Refusal,
    RefusedError,
    StepNotAllowedError,
    StoreError,
)
from phananh.regulation.case import Case
from phananh.regulation.deadline import Deadline
from phananh.regulation.request import (
    Accused,
    Assignee,
    Channel,
    Kind,
    Person,
    Role,
    Sender,
    State,
)
from phananh.regulation.rules import HOA_BINH_2019, Limit, Rules
from phananh.stores import open_store
from phananh.stores.memory import MemoryStore
from phananh.worktime import WorkCalendar, vietnam_calendar

__all__ = [
    "HOA_BINH_2019",
    "Accused",
    "Article",
    "Assignee",
    "Case",
    "Channel",
    "ConflictError",
    "CoverageError",
    "Deadline",
    "Desk",
    "InputError",
    "Kind",
    "Limit",
    "MemoryStore",
    "NotFoundError",
    "Person",
    "PhanAnhError",
    "Refusal",
    "RefusedError",
    "Role",
    "Rules",
    "Sender",
    "State",
    "StepNotAllowedError",
    "StoreError",
    "Swept",
    "WorkCalendar",
    "open_store",
    "vietnam_calendar",
]
