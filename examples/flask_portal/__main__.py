"""Try the portal out: `python -m examples.flask_portal`, then http://localhost:5000."""

import os
import secrets

from examples.flask_portal.app import make_app
from phananh import Desk, open_store

if __name__ == "__main__":
    secret = os.environ.get("PORTAL_SECRET") or secrets.token_hex()  # ends with this process
    with open_store(os.environ.get("PHANANH_DB", "flask_portal.db")) as store:
        make_app(Desk(store=store), secret=secret).run(port=int(os.environ.get("PORT", "5000")))
