"""The PgBouncer of the tests pools by transaction, so that what relies on a session breaks."""

import psycopg


def test_clients_share_a_server_connection(pgbouncer_dsn: str):
    """More clients than pooled connections all get their answers, one after another."""
    clients = [psycopg.connect(pgbouncer_dsn, prepare_threshold=None) for _ in range(12)]
    backends = set()
    for client in clients:
        with client, client.transaction():
            row = client.execute("select pg_backend_pid()").fetchone()
            assert row is not None
            backends.add(row[0])
    assert len(backends) <= 4
