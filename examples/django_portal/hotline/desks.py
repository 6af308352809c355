"""The desk of the office, and who acts and reads there: a user, whose group is the role."""

from contextlib import suppress

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.core.exceptions import PermissionDenied

from phananh import Desk, InputError, Person, Role
from phananh.stores import DjangoStore

ROLES = (Role.OPERATOR, Role.OFFICER, Role.LEADERSHIP)


def get_desk() -> Desk:
    """Return a desk over the database of the project; it holds nothing, so each call makes one."""
    return Desk(store=DjangoStore(), clock=settings.HOTLINE_CLOCK)


def get_person(user: AbstractBaseUser | AnonymousUser) -> Person:
    """Return the person whom a user is, by the one group that names a role.

    A group is called `operator`, `leadership`, or `officer/UNIT`.

    Raises:
        PermissionDenied: the user is in no such group, or in several, or their name is no id.
    """
    assert isinstance(user, User)
    names = user.groups.values_list("name", flat=True)
    found = [name for name in names if name.partition("/")[0] in ROLES]
    if len(found) != 1:
        raise PermissionDenied
    role, _, unit = found[0].partition("/")
    try:
        return Person(id=user.get_username(), role=Role(role), unit=unit or None)
    except InputError:
        raise PermissionDenied from None


def list_officers() -> list[Person]:
    """Return the officers to whom a case can be passed on (Art. 8.1.b); odd accounts are none."""
    officers, found = User.objects.filter(is_active=True, groups__name__startswith="officer/"), []
    for each in officers.order_by("username").distinct():
        with suppress(PermissionDenied):
            found.append(get_person(each))
    return found
