"""Try the portal out: `python -m examples.portal`, then http://localhost:8000."""

import os
from typing import Any

import uvicorn

from examples.portal.accounts import read_accounts
from examples.portal.database import open_engine, read_address, read_clock
from examples.portal.registers import Registers
from examples.portal.samples import PASSWORD, record_samples
from phananh import open_store

os.environ.setdefault("PHANANH_DB", "portal.db")
opened: Any = open_store(read_address(), check_schema=False)
with opened as store:
    store.migrate()
    engine = open_engine(read_address())
    if not read_accounts(engine):
        print("A month of sample cases is being recorded.")
        record_samples(store, Registers(engine), read_clock())
samples = [name for name, each in read_accounts(engine).items() if each.state == "sample"]
if samples:
    print(f"Sign in with the password {PASSWORD} as one of these: {', '.join(samples)}")
port = int(os.environ.get("PORT", "8000"))
uvicorn.run("examples.portal.app:make_app", factory=True, port=port, server_header=False)
