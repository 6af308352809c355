"""The statements of a SQL store, written once, and how an engine has them said.

They are written with `?` in place of a value, and name the tables without a schema.
"""

import re

import attrs

from phananh.stores.sql.rows import CHANGING, COLUMNS

ROW = ", ".join(COLUMNS)
TABLES = ("case", "command", "consumer", "erasure", "event", "feed", "personal", "schema")
# An index is made beside its table. Its full name drops it, and statistics are made by theirs.
_TABLES = re.compile(
    rf"\bphananh_({'|'.join(TABLES)})\b|(?<=drop index )phananh_\w+"
    r"|(?<=create statistics )phananh_\w+"
)
# The next cases by their ids, be it that a table has lost one.
ONCE_EACH = """select case_id from (select case_id from phananh_case where case_id > ?
order by case_id limit 500) one union select case_id from (select distinct case_id
from phananh_event where case_id > ? order by case_id limit 500) other
order by case_id limit 500"""
_EVENT = "case_id, version, type, at, body, crc"


@attrs.frozen
class Speech:
    """How one driver wants to hear a statement: its mark of a value, and the schema of tables."""

    mark: str = "?"
    schema: str = ""

    def qualify(self, statement: str) -> str:
        """Return the statement with the full names of tables, and of an index to drop."""
        return _TABLES.sub(rf"{self.schema}.\g<0>", statement) if self.schema else statement

    def say(self, statement: str) -> str:
        """Return the statement with the driver's marks and the full names of tables."""
        if self.mark == "?":
            return self.qualify(statement)
        return self.qualify(statement).replace("%", "%%").replace("?", self.mark)


@attrs.frozen(kw_only=True)
class Statements:
    """The statements of every engine. An engine replaces those that differ in its SQL."""

    load: str = """select e.version, e.type, e.at, e.body, e.crc, p.salt, p.data,
    (select version from phananh_erasure where case_id = ?),
    (select version from phananh_case where case_id = ?)
    from phananh_event e
    left join phananh_personal p on p.case_id = e.case_id and p.version = e.version
    where e.case_id = ? order by e.version"""
    version: str = "select version from phananh_case where case_id = ?"
    row: str = f"select {ROW} from phananh_case where case_id = ?"  # noqa: S608  # names of ours
    code: str = "select case_id from phananh_case where code = ?"
    insert_case: str = f"insert into phananh_case ({ROW}) values ({', '.join('?' * len(COLUMNS))})"  # noqa: S608
    update_row: str = (
        f"update phananh_case set {' = ?, '.join(CHANGING)} = ?, crc = ? "  # noqa: S608
        "where case_id = ? and version = ?"
    )
    insert_event: str = f"insert into phananh_event ({_EVENT}) values (?,?,?,?,?,?)"  # noqa: S608
    insert_personal: str = """insert into phananh_personal (salt, data, case_id, version)
    values (?,?,?,?)"""
    insert_command: str = """insert into phananh_command
    (command_id, case_id, version, digest, is_personal, crc) values (?,?,?,?,?,?)"""
    find_command: str = """select c.command_id, c.case_id, c.version, c.digest, c.is_personal,
    c.crc, p.salt, case when p.data is null then 'null' else 'text' end, x.version
    from phananh_command c
    left join phananh_erasure x on x.case_id = c.case_id
    left join phananh_personal p on c.is_personal = 1 and p.case_id = c.case_id
    and p.version = c.version where c.command_id = ?"""
    lock_case: str = "select version from phananh_case where case_id = ? for update"
    erase: str = "delete from phananh_personal where case_id = ?"
    last_version: str = "select max(version) from phananh_event where case_id = ?"
    erased: str = "select version from phananh_erasure where case_id = ?"
    insert_erasure: str = "insert into phananh_erasure (case_id, at, version) values (?,?,?)"
    update_erasure: str = "update phananh_erasure set at = ?, version = ? where case_id = ?"
    consumer: str = "select number, position, until_at from phananh_consumer where name = ?"
    insert_consumer: str = """insert into phananh_consumer (name, number, position, until_at)
    values (?,1,?,?)"""
    update_consumer: str = """update phananh_consumer set number = ?, position = ?, until_at = ?
    where name = ? and number = ? and until_at = ? and coalesce(position, '') = ?"""
    calendars: str = """select calendar, calendar_version, holder, unit_key, count(*)
    from phananh_case where due is not null and calendar is not null
    group by calendar, calendar_version, holder, unit_key
    order by calendar, calendar_version, holder, unit_key"""

    stray_personal: str = """select p.case_id, p.version from phananh_personal p
    left join phananh_event e on e.case_id = p.case_id and e.version = p.version
    where e.version is null limit 500"""
    unerased: str = """select p.case_id, p.version from phananh_erasure x
    join phananh_personal p on p.case_id = x.case_id and p.version <= x.version limit 500"""
    stray_erasures: str = """select x.case_id, x.version from phananh_erasure x
    left join phananh_case c on c.case_id = x.case_id
    where c.version is null or c.version < x.version limit 500"""

    def render(self, speech: Speech) -> "Statements":
        """Return all of them as a driver wants to hear them."""
        texts = attrs.asdict(self)
        return type(self)(**{name: speech.say(text) for name, text in texts.items()})
