"""Pages from templates, in the language of whoever reads them, and what an error says there."""

import logging
import re
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from fastapi import Request
from fastapi.responses import Response
from fastapi.templating import Jinja2Templates

from examples.portal.database import VIETNAM
from phananh import HOA_BINH_2019, PhanAnhError, words

Lang = Literal["vi", "en"]
WRAPPED = re.compile(r"^(.{55,})\n(?=[^\s-])", re.MULTILINE)  # a line of a letter that goes on
READING = re.compile(r" \((?:cách hiểu|reading) R\d+\)|, (?:cách hiểu|reading) R\d+")
GAPS = {each.id: [f"về “{each.gap[0]}”", f"on “{each.gap[1]}”"] for each in HOA_BINH_2019.readings}
NAMED = re.compile(rf"(?:(?<=cách hiểu )|(?<=reading ))(?:{'|'.join(GAPS)})\b")
TEMPLATES = Jinja2Templates(Path(__file__).parent / "templates")
TIMES = {"vi": "%H:%M %d/%m/%Y", "en": "%Y-%m-%d %H:%M"}  # as the library writes them
FILTERS: dict[str, Any] = TEMPLATES.env.filters
FILTERS["clock"] = lambda at, lang: f"{at:{TIMES[lang]}}" if at else ""
FILTERS["moment"] = lambda at, lang: f"{datetime.fromtimestamp(at, VIETNAM):{TIMES[lang]}}"
FILTERS["sentence"] = lambda text: text[:1].upper() + text[1:]
FILTERS["unwrapped"] = lambda text: WRAPPED.sub(r"\1 ", text)
FILTERS["unread"] = lambda text: READING.sub("", text)
FILTERS["read"] = lambda text, lang: NAMED.sub(lambda m: GAPS[m[0]][lang == "en"], text)
BUSY = {"vi": "Hệ thống đang bận, xin gửi lại.", "en": "The system is busy. Send it again."}
FAULT = {"vi": "Hệ thống có lỗi, đã báo người quản trị.", "en": "The system failed, sorry."}
WORDS = {"labels": "trigger", "states": "state", "kinds": "kind", "roles": "role"}


def lang_of(request: Request) -> Lang:
    """Return the language of a page: of `?lang=`, else of the cookie, else Vietnamese."""
    return "en" if {**request.cookies, **request.query_params}.get("lang") == "en" else "vi"


def render(request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
    """Return a page, with what every template has; what it is given is escaped."""
    state, lang, registers = request.state, lang_of(request), request.app.state.registers
    told: dict[str, Any] = {name: words(group, lang) for name, group in WORDS.items()}
    told |= {"account": state.account, "token": state.token, "lang": lang, "form": {}}
    told |= {"t": lambda vi, en: en if lang == "en" else vi, "hotline": "02183.1022"}  # Art. 5.1
    told |= {"registers": registers, "names": registers.list_names(), **context}
    return TEMPLATES.TemplateResponse(request, template, told, status_code=status)


def status_of(error: PhanAnhError) -> int:
    """Return the number of the answer; what the caller cannot put right goes to the log."""
    for each in (error, error.__cause__):  # a damaged case answers as one that there is not
        if isinstance(each, PhanAnhError) and each.http_status >= 500:
            logging.getLogger("portal").error("%s", each)
    return error.http_status


def message_of(error: PhanAnhError, status: int, lang: Lang) -> str:
    """Return what a page says of an error; nothing of a fault of the service itself."""
    fault = BUSY if status == 503 else FAULT
    return str(error.as_dict(lang)["message"]) if status < 500 else fault[lang]
