"""What an error means for the caller: the number of the answer, and words for a page."""

import logging

from phananh import PhanAnhError

BUSY = "Hệ thống đang bận, xin gửi lại."
FAULT = "Hệ thống có lỗi, người quản trị đã được báo."


def status_of(error: PhanAnhError) -> int:
    """Return the number of the answer; what the caller cannot put right goes to the log."""
    for each in (error, error.__cause__):  # a damaged case answers as one that there is not
        if isinstance(each, PhanAnhError) and each.http_status >= 500:
            logging.getLogger("portal").error("%s", each)
    return error.http_status


def message_of(error: PhanAnhError, status: int) -> str:
    """Return what a page says of an error; nothing of a fault of the service itself."""
    if status < 500:
        return str(error.as_dict("vi")["message"])
    return BUSY if status == 503 else FAULT
