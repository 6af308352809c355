"""What an error means for the caller: the number of the answer, and words for a page."""

import logging
from typing import Literal

from phananh import PhanAnhError

BUSY = {"vi": "Hệ thống đang bận, xin gửi lại.", "en": "The system is busy. Send it again."}
FAULT = {
    "vi": "Hệ thống có lỗi, đã báo người quản trị.",
    "en": "The system failed. This was noted.",
}


def status_of(error: PhanAnhError) -> int:
    """Return the number of the answer; what the caller cannot put right goes to the log."""
    for each in (error, error.__cause__):  # a damaged case answers as one that there is not
        if isinstance(each, PhanAnhError) and each.http_status >= 500:
            logging.getLogger("portal").error("%s", each)
    return error.http_status


def message_of(error: PhanAnhError, status: int, lang: Literal["vi", "en"]) -> str:
    """Return what a page says of an error; nothing of a fault of the service itself."""
    if status < 500:
        return str(error.as_dict(lang)["message"])
    return (BUSY if status == 503 else FAULT)[lang]
