"""Try the portal out: `python -m examples.portal`, then http://localhost:8000."""

import os
import sys
from datetime import datetime
from typing import Any, cast

import uvicorn

from examples.portal.accounts import read_accounts
from examples.portal.database import VIETNAM, open_engine, read_address
from examples.portal.registers import Registers
from examples.portal.samples import PASSWORD, record_samples
from phananh import open_store

os.environ.setdefault("PHANANH_DB", "portal.db")
with cast("Any", open_store(read_address(), check_schema=False)) as store:
    store.migrate()
    engine = open_engine(read_address())
    if not read_accounts(engine):
        print("Đang ghi dữ liệu mẫu. A month of sample cases is being recorded.", file=sys.stderr)
        record_samples(store, Registers(engine), datetime.now(VIETNAM))
if samples := [name for name, each in read_accounts(engine).items() if each.state == "sample"]:
    print(f"Mật khẩu, password: {PASSWORD}. Tên, name: {', '.join(samples)}.", file=sys.stderr)
port = int(os.environ.get("PORT", "8000"))
uvicorn.run("examples.portal.app:make_app", factory=True, port=port, server_header=False)
