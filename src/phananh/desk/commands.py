"""The caller's name for an act, and the result of the act when it was first done."""

from phananh.errors import InputError
from phananh.regulation import acts as a
from phananh.regulation.case import Case, fold
from phananh.regulation.cleaning import clean_text, is_blank
from phananh.stores.base import Command, Store
from phananh.stores.conflicts import reused_command_error


def make_command(act: a.Act, case: str | None, command_id: str | None) -> Command | None:
    """Return the command of an act on the case with this id, or None if it has no name."""
    if command_id is None:
        return None
    name = clean_text(command_id, field="command_id", limit=300)
    if is_blank(name):
        raise InputError(field="command_id", code="blank_option")
    from phananh.stores.codec import is_personal_act, write_act

    content = write_act(act, case, with_time=act.at is not None)
    return Command(id=name, version=0, content=content, is_personal=is_personal_act(act))


def set_version(command: Command | None, case: Case) -> tuple[Command, ...]:
    """Return the command, if there is one, with the version that it led to."""
    if command is None:
        return ()
    name, content, is_personal = command.id, command.content, command.is_personal
    return (Command(id=name, version=case.version, content=content, is_personal=is_personal),)


def find_first_result(
    store: Store, command: Command | None, *, case: str | None = None
) -> Case | None:
    """Return the case as this command left it, or None if it was not recorded.

    `case` is that of the act, None of a receipt. A caller is not given another case, and no receipt
    is taken for another act, even if an erasure left no other difference between two acts.

    Raises:
        CommandReusedError: the id names another act.
    """
    record = None if command is None else store.find_command(command.id)
    if command is None or record is None:
        return None
    is_receipt = case is None
    fits = record.version == 1 if is_receipt else record.version > 1 and record.case == case
    if not (fits and record.is_same(command)):
        raise reused_command_error(command.id)
    return fold(store.load(record.case)[: record.version])
