"""The people of the cases of tests: one person of each role, plainly a sample."""

from phananh.regulation.request import Person, Role, RoleSlug, Sender, parse_slug

AGENCY_UNIT = "Sở Mẫu"
_IDS = {
    Role.CITIZEN: ("CD-MAU", None),
    Role.OPERATOR: ("DTV-MAU", None),
    Role.OFFICER: ("CB-MAU", "Một cửa Mẫu"),
    Role.PROVIDER: ("DV-MAU", "Bưu điện Mẫu"),
    Role.LEADERSHIP: ("LD-MAU", "Trung tâm Mẫu"),
    Role.AGENCY: ("DM-MAU", AGENCY_UNIT),
    Role.AGENCY_HEAD: ("TT-MAU", AGENCY_UNIT),
    Role.OFFICE: ("VP-MAU", "Văn phòng Mẫu"),
    Role.SYSTEM: ("system", None),
}
SENDER = Sender(
    name="Người gửi mẫu", address="Số 1, phường Mẫu", phone="0218 000 0000", email="mau@example.vn"
)
"""A sender with everything that any rules may ask for."""


def a_person(role: Role | RoleSlug, *, id: str | None = None, unit: str | None = None) -> Person:  # noqa: A002  # the field's own name
    """Return the sample person of a role, or another one of that role.

    Args:
        role: a `Role`, or its slug such as "officer".
        id: another id than the sample's.
        unit: another unit than the sample's.

    Raises:
        InputError: no role, or what cannot be an id.
    """
    found = parse_slug(Role, role, field="role")
    own_id, own_unit = _IDS[found]
    return Person(id=id or own_id, role=found, unit=unit or own_unit)
