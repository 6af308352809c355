"""Who may sign in: accounts in a table, with passwords hashed by argon2."""

import secrets
import sys
from contextlib import suppress
from typing import Any
from unicodedata import normalize

import attrs
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import Engine, delete, insert, select, update

from examples.portal import database
from examples.portal.database import ACCOUNTS, SESSIONS, TOKENS, fetch, record
from phananh import InputError, Person, Role

ADMINISTRATOR = "administrator"  # of the portal, who has no cases to see to
ROLES = (*(str(role) for role in Role if role not in (Role.CITIZEN, Role.SYSTEM)), ADMINISTRATOR)
SHORTEST, LONGEST = 12, 128  # characters of a password
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
NOBODY = HASHER.hash(secrets.token_hex())  # so that an unknown name takes as long as a known one


@attrs.frozen(kw_only=True)
class Account:
    """Who acts in which role; `state` is new before its own password, open, closed or sample."""

    name: str
    label: str
    role: str
    person_id: str
    unit: str | None = None
    password: str = attrs.field(default=NOBODY, repr=False)
    otp_key: str | None = attrs.field(default=None, repr=False)
    otp_used: int = attrs.field(default=0, eq=False)
    state: str = "new"

    @property
    def person(self) -> Person:
        """The person who acts; an administrator sees what any citizen sees."""
        role = Role.CITIZEN if self.role == ADMINISTRATOR else Role(self.role)
        return Person(id=self.person_id, role=role, unit=self.unit)


def read_accounts(engine: Engine, *names: str) -> dict[str, Account]:
    """Return accounts by name: those of the names, or all that are not closed."""
    wanted = ACCOUNTS.c.name.in_(names) if names else ACCOUNTS.c.state != "closed"
    query = select(ACCOUNTS).where(wanted).order_by(ACCOUNTS.c.role, ACCOUNTS.c.name)
    return {row.name: Account(**row._mapping) for row in fetch(engine, query)}


def make_account(engine: Engine, password: str, **fields: Any) -> None:
    """Make an account of the fields of an `Account`; InputError if nobody can act like that."""
    account = Account(**fields, password=hash_password(password))
    if account.person.role in (Role.AGENCY, Role.AGENCY_HEAD) and not account.unit:
        raise InputError(field="unit", code="missing")
    own = {"person_id": account.person.id, "unit": account.person.unit}  # however they were typed
    record(engine, insert(ACCOUNTS).values(attrs.asdict(account) | own))


def change_account(engine: Engine, name: str, **fields: Any) -> None:
    """Change an account, and end its token and its sessions."""
    changed = update(ACCOUNTS).where(ACCOUNTS.c.name == name).values(fields)
    record(engine, changed, *(delete(x).where(x.c.account == name) for x in (TOKENS, SESSIONS)))


def hash_password(password: str) -> str:
    """Return what is kept of a password, however its letters are composed."""
    return HASHER.hash(normalize("NFC", password))


def check_password(account: Account | None, password: str) -> bool:
    """Tell whether a password is right; an unknown name takes as long as a wrong password."""
    with suppress(VerificationError):
        if len(password) <= 3 * LONGEST:  # the parts of a letter; marks without end take minutes
            HASHER.verify(account.password if account else NOBODY, normalize("NFC", password))
            return account is not None
    return False


if __name__ == "__main__":
    first, name = secrets.token_urlsafe(12), sys.argv[1]
    fields = {"name": name, "label": name, "role": ADMINISTRATOR, "person_id": f"quan-tri-{name}"}
    make_account(database.open_engine(database.read_address()), first, **fields)
    print(first)  # the first sign-in changes it
