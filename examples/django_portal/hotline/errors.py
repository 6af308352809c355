"""What an error means for the caller: the number of the answer, and words for a page."""

import logging

from django.db import InterfaceError, OperationalError

from phananh import PhanAnhError
from phananh.errors import CorruptError

BUSY = "Hệ thống đang bận, xin gửi lại."
FAULT = "Hệ thống có lỗi, người quản trị đã được báo."
ERRORS = (PhanAnhError, OperationalError, InterfaceError)  # the last two of the portal's own rows


def status_of(error: Exception) -> int:
    """Return the number of the answer; what the caller cannot put right goes to the log."""
    status = error.http_status if isinstance(error, PhanAnhError) else 503
    cause = error.__cause__  # of a case that is damaged, and answers as one that there is not
    if status >= 500 or isinstance(cause, CorruptError):
        logging.getLogger("hotline").error("%s", cause or error)
    return status


def facts_of(error: Exception) -> tuple[int, dict[str, object]]:
    """Return the number of the answer, and its facts with a message for people."""
    status = status_of(error)
    if isinstance(error, PhanAnhError) and status < 500:
        return status, error.as_dict("vi")
    message = BUSY if status == 503 else FAULT
    return status, {"error": type(error).__name__, "message": message}
