"""Who may sign in: accounts in a JSON file, their passwords hashed by scrypt.

`python -m examples.portal.accounts NAME ROLE [UNIT]` prints an entry for the file.
"""

import getpass
import hashlib
import hmac
import json
import secrets
import sys
from pathlib import Path

import attrs

from phananh import Person

SAMPLES = Path(__file__).parent / "accounts.json"


def hash_password(password: str, salt: str) -> str:
    """Return what is kept of a password; it takes some 50 ms, so that guessing is slow."""
    made = hashlib.scrypt(password.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1)
    return made.hex()


@attrs.frozen(kw_only=True)
class Account:
    """An account: the person who acts, the name to show, and what is kept of the password."""

    person: Person
    label: str
    salt: str = attrs.field(repr=False)
    password: str = attrs.field(repr=False)


NOBODY = Account(
    person=Person(id="nobody", role="citizen"), label="", salt="00" * 16, password="00" * 64
)


def read_accounts(path: Path) -> dict[str, Account]:
    """Return the accounts of a file by name."""
    return {
        entry["name"]: Account(
            person=Person(id=entry["name"], role=entry["role"], unit=entry.get("unit")),
            label=entry["label"],
            salt=entry["salt"],
            password=entry["password"],
        )
        for entry in json.loads(path.read_text(encoding="utf-8"))
    }


def check_password(account: Account | None, password: str) -> bool:
    """Tell whether a password is right; an unknown name takes as long as a wrong password."""
    known = account or NOBODY
    given = hash_password(password, known.salt)
    return hmac.compare_digest(given, known.password) and account is not None


def main(name: str, role: str, unit: str | None = None) -> None:
    """Ask for a password, and print the entry of an account."""
    salt = secrets.token_hex(16)
    entry = {
        "name": name,
        "role": role,
        "unit": unit,
        "label": name,
        "salt": salt,
        "password": hash_password(getpass.getpass(), salt),
    }
    print(json.dumps(entry, indent=2))


if __name__ == "__main__":
    main(*sys.argv[1:])
