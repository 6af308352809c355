"""Every error phananh raises, what it means, and what it leaves behind.

PhanAnhError
    InputError               (ValueError)    naive time, unknown slug, bad text
        InputTypeError       (TypeError)     a value of the wrong type
        UnknownArticleError  (LookupError)   the document has no such clause
        CommandReusedError                   a command id again, with other content
    NoWorkingTimeError       (ValueError)    a calendar without any working time
    CoverageError            (LookupError)   a day that the calendar does not cover
    UnknownCalendarError     (LookupError)   a deadline on a calendar the desk does not have
    UnknownRulesError        (LookupError)   a case under rules the desk does not have
    NotFoundError            (LookupError)   no case with that id or code
    StepNotAllowedError      (RuntimeError)  no row for this state and trigger
    RefusedError             (ValueError)    a guard objected: .refusals
    ConflictError            (RuntimeError)  someone else recorded first
    ClockError               (RuntimeError)  the desk's clock is behind the case
    DuplicateError           (RuntimeError)  this command was recorded before
    LeaseLostError           (RuntimeError)  another worker reads the feed now
    StoreError               (RuntimeError)  the engine failed: __cause__
        SchemaError                          older, newer or foreign schema
        CorruptError                         what is stored of a case cannot be read

After a plain StoreError the act may have been recorded. Send it again with the same command id to
find out. After each of the others it was not recorded.

A message says which case, what is so, what was tried, which article, and what is possible.
Rule: it is made from the fields and facts, by the templates of `phananh.messages`. There are no
sentences in these files. The fields are the API, and the words may improve.
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
