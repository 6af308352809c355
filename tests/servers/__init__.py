"""Real database servers for the tests: PostgreSQL, PgBouncer and MariaDB, outside of pytest too."""
