"""Try the portal out: `python -m examples.portal`, then http://localhost:8000."""

import os
import sys
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
        print("Đang ghi dữ liệu mẫu. A month of sample cases is being recorded.", file=sys.stderr)
        record_samples(store, Registers(engine), read_clock())
if samples := [name for name, each in read_accounts(engine).items() if each.state == "sample"]:
    print(f"Mật khẩu, password: {PASSWORD}. Tên, name: {', '.join(samples)}.", file=sys.stderr)
port = int(os.environ.get("PORT", "8000"))
uvicorn.run("examples.portal.app:make_app", factory=True, port=port, server_header=False)
