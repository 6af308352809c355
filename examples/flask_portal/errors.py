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


def answer_of(error: PhanAnhError) -> tuple[int, str]:
    """Return status and message; what the caller cannot put right goes to the log."""
    for kind, status in STATUS:
        if isinstance(error, kind):
            return status, str(error.as_dict("vi")["message"])
    logging.getLogger("portal").error("%s", error)
    return (503, BUSY) if isinstance(error, StoreError) else (500, FAULT)
