"""What an error means for the caller: the number of the answer, and words for a page."""

import logging

from phananh import PhanAnhError

BUSY = "Hệ thống đang bận, xin gửi lại."
FAULT = "Hệ thống có lỗi, người quản trị đã được báo."


def answer_of(error: PhanAnhError) -> tuple[int, str]:
    """Return status and message; what the caller cannot put right goes to the log."""
    for each in (error, error.__cause__):  # a damaged case answers as one that there is not
        if isinstance(each, PhanAnhError) and each.http_status >= 500:
            logging.getLogger("portal").error("%s", each)
    if error.http_status < 500:
        return error.http_status, str(error.as_dict("vi")["message"])
    return error.http_status, BUSY if error.http_status == 503 else FAULT
