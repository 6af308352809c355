"""No password of an address is shown, in whatever form an address is repeated."""

import pytest

from phananh.stores.passwords import hide_passwords


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://lan:s3cret@db1/cases", "postgresql://lan:***@db1/cases"),
        ("postgresql://lan:s@3/c:ret@db1:5432/cases", "postgresql://lan:***@db1:5432/cases"),
        ("at 'postgres://:s3cret@/cases' now", "at 'postgres://:***@/cases' now"),
        ("mysql+pymysql://lan:s3cret@db1,db2/x", "mysql+pymysql://lan:***@db1,db2/x"),
        ("postgresql:///cases?user=lan&password=s3cret&x=1",
         "postgresql:///cases?user=lan&password=***&x=1"),
        ("host=db1 password=s3cret user=lan", "host=db1 password=*** user=lan"),
        (r"host=db1 password = 's3 \' cret' user=lan", "host=db1 password = *** user=lan"),
        ("sslpassword=s3cret", "sslpassword=***"),
        ("host=db1 PASSWORD='s3cret, cut", "host=db1 PASSWORD=***"),
        ("two: a://b:s3cret@c and d://e:s3cret@f", "two: a://b:***@c and d://e:***@f"),
    ],
)  # fmt: skip
def test_passwords_are_hidden(text: str, shown: str) -> None:
    """The password of a URL, of its query and of a connection string reads as three stars."""
    assert hide_passwords(text) == shown
    assert hide_passwords(shown) == shown


@pytest.mark.parametrize(
    "text",
    [
        "cases.db", "sqlite:////srv/cases.db", "postgresql://lan@db1:5432/cases?user=lan",
        "password authentication failed for user \"lan\"", "10:00 lan@example.org",
        "connection to server at \"127.0.0.1\", port 5432 failed",
    ],
)  # fmt: skip
def test_other_texts_stay(text: str) -> None:
    """What holds no password is shown as it is."""
    assert hide_passwords(text) == text
