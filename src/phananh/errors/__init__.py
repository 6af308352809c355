"""Every error phananh raises, what it means, and what it leaves behind.

PhanAnhError
    InputError           (ValueError)    naive time, unknown slug, bad text       nothing recorded
        InputTypeError   (TypeError)     a value of the wrong type                nothing recorded
        UnknownArticleError (LookupError) a clause that there is not             nothing built
        CommandReusedError               a command id again, with other content   nothing recorded
    NoWorkingTimeError   (ValueError)    a calendar that never opens              nothing built
    CoverageError        (LookupError)   a day the calendar knows nothing about   nothing recorded
    UnknownCalendarError (LookupError)   a deadline on hours nobody gave          nothing recorded
    UnknownRulesError    (LookupError)   a case under rules nobody gave           nothing recorded
    NotFoundError        (LookupError)   no case with that id or code             nothing recorded
    StepNotAllowedError  (RuntimeError)  no row for this state and trigger        nothing recorded
    RefusedError         (ValueError)    a guard objected: .refusals              nothing recorded
    ConflictError        (RuntimeError)  somebody recorded first                  nothing recorded
    ClockError           (RuntimeError)  the desk's clock is behind the case      nothing recorded
    DuplicateError       (RuntimeError)  this command was recorded before         nothing recorded
    LeaseLostError       (RuntimeError)  another worker reads the feed now        nothing recorded
    StoreError           (RuntimeError)  the engine failed: __cause__             perhaps recorded
        SchemaError                      older, newer or foreign schema           nothing recorded
        CorruptError                     what is stored of a case cannot be read  nothing recorded

A message says which case, what is so, what was tried, which article, what is possible.
Rule: it is made from the fields and facts, by the templates of `phananh.messages`; no sentence
stands here. The fields are the API, the words may improve.
"""

from phananh.errors.base import (
    CodedError,
    CommandReusedError,
    InputError,
    InputTypeError,
    PhanAnhError,
    UnknownArticleError,
    check_language,
    short_repr,
)
from phananh.errors.calendars import CoverageError, NoWorkingTimeError, UnknownCalendarError
from phananh.errors.cases import (
    ClockError,
    ConflictError,
    DuplicateError,
    LeaseLostError,
    NotFoundError,
    Refusal,
    RefusedError,
    StepNotAllowedError,
    UnknownRulesError,
)
from phananh.errors.stores import CorruptError, SchemaError, StoreError

__all__ = [
    "ClockError",
    "CodedError",
    "CommandReusedError",
    "ConflictError",
    "CorruptError",
    "CoverageError",
    "DuplicateError",
    "InputError",
    "InputTypeError",
    "LeaseLostError",
    "NoWorkingTimeError",
    "NotFoundError",
    "PhanAnhError",
    "Refusal",
    "RefusedError",
    "SchemaError",
    "StepNotAllowedError",
    "StoreError",
    "UnknownArticleError",
    "UnknownCalendarError",
    "UnknownRulesError",
    "check_language",
    "short_repr",
]

for _name in __all__:  # a traceback names the place from which an error is imported
    globals()[_name].__module__ = __name__
