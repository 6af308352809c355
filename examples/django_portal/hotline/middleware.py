"""What each answer has: headers that forbid scripts, frames and copies, and words for an error."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from phananh import PhanAnhError

POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
BUSY = "Hệ thống có lỗi hoặc đang bận, xin tải lại trang này để gửi lại."


class SafeAnswers:
    """A middleware that adds the headers, and answers an error of a view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap what answers a request."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return an answer with the headers."""
        response = self.get_response(request)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Cache-Control"] = "no-store"
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer with what the user can put right, and log the rest, such as a damaged case."""
        if not isinstance(error, PhanAnhError):
            return None
        for each in (error, error.__cause__):
            if isinstance(each, PhanAnhError) and each.http_status >= 500:
                logging.getLogger("hotline").error("%s", each)
        message = error.as_dict("vi")["message"] if error.http_status < 500 else BUSY
        return render(request, "page.html", {"error": message}, status=error.http_status)
