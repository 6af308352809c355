"""Try the portal out: `python -m examples.portal`, then http://localhost:8000."""

import os
import secrets

import uvicorn

from examples.portal.samples import record_samples
from phananh import Desk, open_store

os.environ.setdefault("PORTAL_SECRET", secrets.token_hex())  # sign-ins end with this process
os.environ.setdefault("PHANANH_DB", "portal.db")
with open_store(os.environ["PHANANH_DB"]) as store:
    record_samples(Desk(store=store))
port = int(os.environ.get("PORT", "8000"))
uvicorn.run("examples.portal.app:make_app", factory=True, port=port)
