"""Histories in PostgreSQL: durable, and safe for many processes of many machines."""

try:
    from phananh.stores.postgres.store import PostgresStore
except ModuleNotFoundError as error:
    if str(error.name).partition(".")[0] not in (
        "psycopg",
        "psycopg_pool",
    ):
        raise
    problem = 'PostgresStore needs the extra "postgres"; in a clone: pip install ".[postgres]"'
    raise ModuleNotFoundError(problem, name=error.name) from None

__all__ = ["PostgresStore"]
