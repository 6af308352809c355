"""A program that records acts until it is killed: database, file of acknowledgements, round."""

import os
import sys

from phananh.stores import SqliteStore
from phananh.testing.sample_events import change, completed, received

database, acknowledged, round_ = sys.argv[1:]
store = SqliteStore(database)
log = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
number = 0
while True:
    case = f"HB-{round_}-{number}"
    number += 1
    for n in range(1, 5):
        history = store.load(case)
        event = completed(case, n) if history else received(case)
        store.commit([change(event, after=history, command=f"{case}.{n}")])
        os.write(log, f"{case}.{n} {case} {n}\n".encode())
        os.fsync(log)
