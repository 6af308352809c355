"""Who may sign in: two sample accounts, their passwords hashed by werkzeug (scrypt).

`python -c "from werkzeug.security import *; print(generate_password_hash(input()))"` makes a hash.
"""

from werkzeug.security import check_password_hash

from phananh import Person

PEOPLE = {
    "dien-thoai-vien": Person(id="dien-thoai-vien", role="operator"),
    "mot-cua": Person(id="mot-cua", role="officer", unit="MC-MAU"),
}
HASHES = {
    "dien-thoai-vien": (
        "scrypt:32768:8:1$nDWWSeynvJUEHoip$"
        "738e2b39b9019361f0a128e063c6a8cea6cb49ed2e9e4dbe809b2ae8cdc3e87c"
        "edd2ee123b10d032b92110088f4ece2876a043115afea798f4910594b17ea64a"
    ),
    "mot-cua": (
        "scrypt:32768:8:1$NK48Qev9jGu4quWj$"
        "b519aa6dec27d953fc9284a2645078adc9039a98dc831ccc104014a4734d6313"
        "ff219ae05e9031c28f589eaba16390b92ceba87410aaca3406c9ea9ba7272e2b"
    ),
}


def check_password(name: str, password: str) -> bool:
    """Tell whether a password is right; an unknown name takes as long as a wrong password."""
    known = HASHES.get(name, HASHES["mot-cua"])
    return check_password_hash(known, password) and name in HASHES
