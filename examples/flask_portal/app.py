"""A small application on Flask: an inbox, the page of a case with its steps, and one act.

`flask --app examples.flask_portal.app run` starts it. Views are plain functions, so Flask runs
each in a thread of its request, and all of them share the store.
"""

import hmac
import os
import secrets
from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from phananh import Desk, Person, PhanAnhError, open_store
from phananh.acts import make_act

PEOPLE = {  # put your own sign-in here: these two have no password
    "dien-thoai-vien": Person(id="dien-thoai-vien", role="operator"),
    "mot-cua": Person(id="mot-cua", role="officer", unit="MC-MAU"),
}
POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'"
BUSY = "Hệ thống có lỗi hoặc đang bận, xin tải lại trang này để gửi lại."
pages = Blueprint("pages", __name__)


def make_app(desk: Desk | None = None) -> Flask:
    """Return the application over a desk, by default over the store that PHANANH_DB names."""
    app = Flask(__name__)
    app.config.update(
        DESK=desk or Desk(store=open_store(os.environ.get("PHANANH_DB", "flask_portal.db"))),
        SECRET_KEY=secrets.token_hex(),  # signs the sessions, and ends with this process
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=8 * 3600,  # seconds that a cookie is good for
        MAX_CONTENT_LENGTH=500_000,  # bytes of a form; the desk takes 20,000 characters of a text
    )
    app.config.from_prefixed_env()  # FLASK_SECRET_KEY, FLASK_SESSION_COOKIE_SECURE
    app.register_blueprint(pages)
    return app


@pages.before_app_request
def check_request() -> ResponseReturnValue | None:
    """Refuse the form of another site, and show who did not sign in nothing but the sign-in."""
    g.user, g.desk = PEOPLE.get(session.get("user", "")), current_app.config["DESK"]
    token = session.setdefault("token", secrets.token_urlsafe(32))
    given = request.form.get("token", "")
    if request.method == "POST" and not hmac.compare_digest(given.encode(), token.encode()):
        abort(403)
    if g.user or request.endpoint in ("pages.sign_in", "static"):
        return None
    return render_template("page.html", people=PEOPLE), 401


@pages.after_app_request
def add_headers(response: Response) -> Response:
    """Forbid scripts and frames, and keep pages with names out of caches."""
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.app_errorhandler(PhanAnhError)
def show_error(error: PhanAnhError) -> ResponseReturnValue:
    """Answer with what the user can put right, and log the rest, such as a damaged case."""
    for each in (error, error.__cause__):
        if isinstance(each, PhanAnhError) and each.http_status >= 500:
            current_app.logger.error("%s", each)
    message = error.as_dict("vi")["message"] if error.http_status < 500 else BUSY
    return render_template("page.html", error=message), error.http_status


@pages.post("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Begin a new session, with a token of its own; without a name end the old one."""
    session.clear()
    session["user"] = request.form.get("user", "")
    return redirect(url_for("pages.show"))


@pages.get("/")
@pages.get("/case/<key>")
def show(key: str | None = None, error: str = "") -> str:
    """Show the inbox, and one case with its steps, or the form of a new one."""
    case, lines = None, ()
    if key:
        case = g.desk.as_of(g.desk.get(key, for_=g.user))
        lines = g.desk.timeline(case, lang="vi", for_=g.user)
    return render_template(
        "page.html",
        rows=g.desk.inbox(g.user, lang="vi", limit=50).rows,
        case=case and case.as_dict("vi", for_=g.user),
        lines=lines,
        explanation=g.desk.explain(case, lang="vi") if case and case.deadlines else "",
        steps=[step.as_dict("vi") for step in g.desk.steps(case, g.user)],
        people=[person for person in PEOPLE.values() if person.unit],
        error=error,
        make_click=secrets.token_hex,
    )


@pages.post("/<trigger>")
@pages.post("/case/<key>/<trigger>")
def act(trigger: str, key: str | None = None) -> ResponseReturnValue:
    """Record an act on the version that the page showed, once for each click."""
    if key:
        g.desk.get(key, for_=g.user)  # an unknown case for whoever may not read it
    form: Any = request.form.copy()
    if form.get("to") in PEOPLE:
        form["to"] = PEOPLE[form["to"]].as_dict()
    try:
        case = g.desk.do(
            key,
            make_act(trigger, form, by=g.user),
            expected=form.get("version", -1, type=int) if key else None,
            command_id=(click := form.get("click")) and f"{g.user.id}/{click}",
        )
    except PhanAnhError as error:
        if error.http_status in (404, 500, 503):
            raise
        return show(key, str(error.as_dict("vi")["message"])), error.http_status
    if g.desk.may_read(case, g.user):  # it lies with others now
        return redirect(url_for("pages.show"))
    return redirect(url_for("pages.show", key=case.id))
