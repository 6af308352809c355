"""The settings; PORTAL_DATABASE names the database, a file of SQLite by default."""

import os
from urllib.parse import unquote, urlsplit

from django.utils import timezone

SECRET_KEY = os.environ.get("PORTAL_SECRET_KEY", "only for trying it out")
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "phananh.stores.django",
    "hotline",
]
MIDDLEWARE = [
    "hotline.headers.add_headers",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    }
]
LOGIN_URL = LOGOUT_REDIRECT_URL = "sign_in"
LOGIN_REDIRECT_URL = "calls"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("PORTAL_HTTPS") == "1"
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PHANANH_DESK = "hotline.desks.get_desk"
HOTLINE_CLOCK = timezone.now  # a test sets a clock of its own


def read_database(address: str) -> dict[str, object]:
    """Return an entry of DATABASES for `postgresql://user:password@host:port/name` or a path."""
    if not address.startswith("postgresql:"):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": address,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "pragma journal_mode = wal; pragma synchronous = full",
            },
        }
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"server_side_binding": True},  # a log of statements shows no values then
    }


DATABASES = {"default": read_database(os.environ.get("PORTAL_DATABASE", "portal.db"))}
