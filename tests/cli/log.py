"""A small act log, and cases kept from it."""

import json

CALL = {
    "kind": "regulation",
    "channel": "phone",
    "content": "Mẫu đơn \x1b[31m đòi\nthừa \u202egiấy tờ",
    "sender": {"name": "Bùi Thị Mai", "phone": "0912345678"},
}
OPERATOR = {"id": "thu", "role": "operator"}


def line(act, case, clock, by=OPERATOR, **more):
    """Return a line of the log on 5 March 2025."""
    return {"act": act, "case": case, "at": f"2025-03-05T{clock}:00+07:00", "by": by, **more}


LAN = {"id": "lan", "role": "officer", "unit": "mot-cua"}
LOG = [
    line("receive", "c1", "08:00", **CALL),
    line("escalate", "c1", "09:00", to=LAN),
    line("receive", "c2", "09:10", **CALL),
    line("answer", "c2", "09:20", text="Đã trả lời"),
]


def text(lines):
    """Return lines as JSON Lines."""
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines)
