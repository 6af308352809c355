"""A month of a province: python examples/month/month.py --out build/month

20,000 sample cases of June 2025 from 60 units are recorded, then an office works with them: three
inboxes, a search, the letters of the last day into a real mail server, and the month's report as a
table, a page and a workbook. It takes about two minutes, most of it to record the cases.
"""

import argparse
import logging
import resource
import socket
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.header import decode_header, make_header
from email.message import EmailMessage
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MailHandler

from phananh import Desk, Person, open_store
from phananh.office import (
    Directory,
    Letterhead,
    ReportSheet,
    Worker,
    make_report,
    measure_delays,
)
from phananh.samples import LEADER, OPERATORS, UNITS, draw_changes

SINCE = datetime(2025, 6, 1, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
BEFORE = SINCE + timedelta(days=30)
LAST_DAY = datetime(2025, 6, 30, tzinfo=SINCE.tzinfo)
NOW = LAST_DAY.replace(hour=17)
FILE = """\
format = 1
journal = "{folder}/messages.db"
[letterhead]
body = "Trung tâm Phục vụ hành chính công (mẫu)"
place = "Hòa Bình"
[smtp]
host = "127.0.0.1"
port = {port}
sender = "duong-day-nong@vidu.vn"
tls = "none"
[addresses]
"""


class Post(MailHandler):
    """A mail server that keeps the subjects of what it was sent."""

    def __init__(self) -> None:
        """Begin without any."""
        super().__init__()
        self.subjects: list[str] = []

    def handle_message(self, message: EmailMessage) -> None:
        """Keep a message."""
        self.subjects.append(str(make_header(decode_header(message["Subject"]))))


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long a part took."""
    began = time.perf_counter()
    yield
    print(f"{what}: {time.perf_counter() - began:.2f} s\n")


def make_directory() -> Directory:
    """Return the sample units with their people."""
    units = [{"id": u.name, "name": u.name, "kind": "department"} for u in UNITS]
    people = [
        {"id": each.id, "name": f"Cán bộ mẫu {each.id}", "role": each.role, "unit": each.unit}
        for u in UNITS
        for each in (*u.officers, u.focal, u.head)
    ]
    people += [{"id": each.id, "name": f"Mẫu {each.id}", "role": each.role} for each in
               (*OPERATORS, LEADER)]  # fmt: skip
    return Directory.read(units, people)


def show_inbox(desk: Desk, person: Person) -> None:
    """Print the five most urgent cases of a person."""
    with timed(f"the inbox of {person.id}"):
        for row in desk.inbox(person, limit=5).rows:
            print(f"  {row.case}  {row.state.value:<20}  {row.left}")


parser = argparse.ArgumentParser()
parser.add_argument("--cases", type=int, default=20_000)
parser.add_argument("--db", help="a new database, by default a file that is thrown away")
parser.add_argument("--out", default="build/month")
options = parser.parse_args()
out = Path(options.out)
out.mkdir(parents=True, exist_ok=True)
folder = Path(tempfile.mkdtemp())
store = open_store(options.db or f"{folder}/cases.db")
store.migrate()
desk = Desk(store=store, clock=lambda: NOW, directory=make_directory())
drawn = draw_changes(options.cases, since=SINCE, until=NOW)
changes = sorted(drawn, key=lambda change: change.events[-1].at)
early = [change for change in changes if change.events[-1].at < LAST_DAY]
with timed(f"{len(changes):,} cases are recorded"):
    rest = iter(early)
    while some := list(islice(rest, 1000)):
        store.commit(some)

with socket.create_server(("127.0.0.1", 0)) as free:
    port = free.getsockname()[1]
post = Post()
server = Controller(post, hostname="127.0.0.1", port=port)
server.start()
addresses = "".join(f'"{unit.name}" = "don-vi@vidu.vn"\n' for unit in UNITS)
worker = Worker.from_toml(FILE.format(folder=folder, port=port) + addresses, desk=desk)
logging.disable()  # of each sender without e-mail
worker.step()
late = iter(changes[len(early) :])
while some := list(islice(late, 1000)):
    store.commit(some)
with timed("the letters of the last day are sent"):
    worker.step()
    print(f"  {len(post.subjects)} letters, such as {post.subjects[0]!r}")
server.stop()

for person in (OPERATORS[0], UNITS[0].officers[0], LEADER):
    show_inbox(desk, person)
with timed("a search for a number"):
    print(f"  {len(desk.search('0000 001 234', by=OPERATORS[0]).rows)} cases")
with timed("all figures of a page"):
    print(f"  {desk.count(by='state')}")
with timed("the report of the month"):
    report = make_report(desk, since=SINCE, before=BEFORE, by="unit")
    print({name: count for name, count in report.total.counts.items() if count})
with timed(f"the page and the workbook in {out}"):
    head = Letterhead(body="Trung tâm Phục vụ hành chính công (mẫu)", place="Hòa Bình")
    sheet = ReportSheet(report=report, letterhead=head)
    (out / "june.html").write_text(sheet.html(), encoding="utf-8")
    (out / "june.xlsx").write_bytes(sheet.xlsx())
with timed("the assessment of the year"):
    year = make_report(desk, since=SINCE.replace(month=1), before=BEFORE, by="officer")
    print(f"  {Counter(row.rates['points'] for row in year.rows)}")
with timed("where time goes"):
    for each in measure_delays(desk, since=SINCE, before=BEFORE)[-5:]:
        print(f"  {each.stage:<10} {each.median:6.1f} h, 90 % in {each.p90:6.1f} h")
print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")
