"""What an error means for the caller: the number of the answer, and words for a page."""

import logging

from phananh import (
    ConflictError,
    InputError,
    NotFoundError,
    PhanAnhError,
    RefusedError,
    StepNotAllowedError,
    StoreError,
)
from phananh.errors import CoverageError

STATUS: tuple[tuple[type[PhanAnhError], int], ...] = (
    (NotFoundError, 404),
    (ConflictError, 409),
    (StepNotAllowedError, 409),
    (RefusedError, 422),
    (InputError, 400),
    (CoverageError, 400),
)
BUSY = "Hệ thống đang bận, xin gửi lại."
FAULT = "Hệ thống có lỗi, người quản trị đã được báo."


def status_of(error: PhanAnhError) -> int:
    """Return the number of the answer; what the caller cannot put right goes to the log."""
    for kind, status in STATUS:
        if isinstance(error, kind):
            return status
    logging.getLogger("portal").error("%s", error)
    return 503 if isinstance(error, StoreError) else 500


def message_of(error: PhanAnhError, status: int) -> str:
    """Return what a page says of an error; nothing of a fault of the service itself."""
    if status < 500:
        return str(error.as_dict("vi")["message"])
    return BUSY if status == 503 else FAULT
