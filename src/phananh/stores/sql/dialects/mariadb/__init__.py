"""The SQL of MariaDB."""

from phananh.stores.sql.dialects.mariadb.dialect import MariadbDialect

__all__ = ["MariadbDialect"]
