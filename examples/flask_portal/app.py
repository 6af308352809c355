"""The application: a sign-in, the list, and the page of a case with its buttons.

Views are plain functions, so Flask runs each in the thread of its request.
"""

import hmac
import os
import secrets
from collections.abc import Callable

from flask import (
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

from examples.flask_portal.accounts import PEOPLE, check_password
from examples.flask_portal.cases import KINDS, do, receive, show
from examples.flask_portal.errors import answer_of
from phananh import ConflictError, Desk, NotFoundError, Person, PhanAnhError, Role, words

LARGEST = 500_000  # bytes of a form; the desk takes 20,000 characters of a text


def make_app(desk: Desk, *, secret: str) -> Flask:
    """Return the application over a desk; `secret` signs the sessions."""
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=secret,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=os.environ.get("PORTAL_HTTPS") == "1",
        PERMANENT_SESSION_LIFETIME=8 * 3600,  # seconds that a cookie is good for
        MAX_CONTENT_LENGTH=LARGEST,
        MAX_FORM_MEMORY_SIZE=LARGEST,
        DESK=desk,
    )
    app.before_request(check_token)
    app.before_request(find_user)
    app.after_request(add_headers)
    app.register_error_handler(PhanAnhError, tell)
    app.context_processor(lambda: {"token": get_token(), "user": g.get("user")})
    views: tuple[tuple[str, str, Callable[..., ResponseReturnValue], list[str]], ...] = (
        ("/sign-in", "sign_in", sign_in, ["GET", "POST"]),
        ("/sign-out", "sign_out", sign_out, ["POST"]),
        ("/", "home", home, ["GET"]),
        ("/new", "new", new, ["POST"]),
        ("/case/<key>", "case", case_page, ["GET"]),
        ("/case/<key>/<trigger>", "act", act, ["POST"]),
    )
    for rule, endpoint, view, methods in views:
        app.add_url_rule(rule, endpoint, view, methods=methods)
    return app


def get_desk() -> Desk:
    """Return the desk of the application."""
    desk: Desk = current_app.config["DESK"]
    return desk


def get_token() -> str:
    """Return the token of this session, which each form carries."""
    token: str = session.setdefault("token", secrets.token_urlsafe(32))
    return token


def check_token() -> None:
    """Refuse a form of another site: it cannot know the token of the session."""
    if request.method == "POST":
        given = request.form.get("token", "").encode()
        if not hmac.compare_digest(given, get_token().encode()):
            abort(403)


def find_user() -> ResponseReturnValue | None:
    """Find who signed in, or send them to the sign-in."""
    g.user = PEOPLE.get(session.get("user", ""))
    if g.user is None and request.endpoint not in ("sign_in", "static"):
        return redirect(url_for("sign_in"))
    return None


def add_headers(response: Response) -> Response:
    """Forbid scripts and frames, and keep pages with names out of caches."""
    policy = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'"
    response.headers["Content-Security-Policy"] = f"{policy}; frame-ancestors 'none'"
    response.headers["Cache-Control"] = "no-store"
    return response


def sign_in() -> ResponseReturnValue:
    """Show the sign-in, and begin a session with a token of its own."""
    if request.method == "GET":
        return render_template("sign_in.html")
    name = request.form.get("name", "")
    if not check_password(name, request.form.get("password", "")):
        return render_template("sign_in.html", is_wrong=True), 401
    session.clear()
    session["user"] = name
    return redirect(url_for("home"))


def sign_out() -> ResponseReturnValue:
    """End the session."""
    session.clear()
    return redirect(url_for("sign_in"))


def home() -> ResponseReturnValue:
    """Show what is for the user to see to, and the operator a form for a call."""
    rows = get_desk().inbox(g.user, lang="vi", limit=50).rows
    states = words("state", "vi")
    return render_template(
        "list.html", rows=rows, states=states, kinds=KINDS, click=secrets.token_hex(16)
    )


def new() -> ResponseReturnValue:
    """Record a call that an operator writes down."""
    if g.user.role is not Role.OPERATOR:
        abort(403)
    case = receive(get_desk(), request.form, g.user)
    return redirect(url_for("case", key=case.id))


def case_page(key: str) -> ResponseReturnValue:
    """Show a case: when it is due and why, and a button for each act."""
    return render_case(key, g.user)


def act(key: str, trigger: str) -> ResponseReturnValue:
    """Record an act on the version that the page showed, or show the case with what is wrong."""
    try:
        get_desk().get(key, for_=g.user)  # an unknown case for whoever may not read it
        do(get_desk(), key, trigger, request.form, g.user)
    except NotFoundError:
        raise
    except PhanAnhError as error:
        status, message = answer_of(error)
        since = error.expected if isinstance(error, ConflictError) else None
        said = request.form.get("click", "").removesuffix(f"-{trigger}")
        click = said if status == 503 else None  # perhaps recorded: the same click settles it
        page = render_case(key, g.user, error=message, since=since, click=click)
        return page, status
    if get_desk().may_read(key, g.user):  # it lies with others now
        return redirect(url_for("home"))
    return redirect(url_for("case", key=key))


def render_case(
    key: str, user: Person, *, error: str = "", since: int | None = None, click: str | None = None
) -> str:
    """Return the page of a case, with what was typed where it was not recorded."""
    shown = show(get_desk(), key, user, since=since)
    click = click or secrets.token_hex(16)
    people = [each for each in PEOPLE.values() if each.role is Role.OFFICER]
    return render_template(
        "case.html",
        shown=shown,
        error=error,
        form=request.form,
        click=click,
        people=people,
        labels=words("trigger", "vi"),
    )


def tell(error: PhanAnhError) -> tuple[str, int]:
    """Answer with what the caller can put right."""
    status, message = answer_of(error)
    return render_template("message.html", message=message), status
