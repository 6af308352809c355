"""`phananh db`: look after the database that the cases are in."""

from phananh.cli.commands.db.group import command

__all__ = ["command"]
