"""Histories in the database of an application, over its engine of SQLAlchemy."""

try:
    from phananh.stores.sqlalchemy.store import SqlalchemyStore
except ModuleNotFoundError as error:
    if str(error.name).partition(".")[0] not in ("sqlalchemy",):
        raise
    problem = (
        'SqlalchemyStore needs the extra "sqlalchemy"; in a clone: pip install ".[sqlalchemy]"'
    )
    raise ModuleNotFoundError(problem, name=error.name) from None

__all__ = ["SqlalchemyStore"]
