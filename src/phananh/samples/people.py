"""The people of sample cases: sixty units with their people, providers, and senders."""

from random import Random

import attrs

from phananh.regulation.request import Person, Role, Sender

_DEPARTMENTS = (
    "Công Thương", "Giao thông vận tải", "Giáo dục và Đào tạo", "Kế hoạch và Đầu tư",
    "Khoa học và Công nghệ", "Lao động, Thương binh và Xã hội", "Ngoại vụ", "Nội vụ",
    "Nông nghiệp và Phát triển nông thôn", "Tài chính", "Tài nguyên và Môi trường",
    "Thông tin và Truyền thông", "Tư pháp", "Văn hóa, Thể thao và Du lịch", "Xây dựng", "Y tế",
)  # fmt: skip
_UNITS = (
    *(f"Sở {name}" for name in _DEPARTMENTS),
    *(f"UBND huyện Mẫu {n:02}" for n in range(1, 11)),
    *(f"UBND xã Mẫu {n:02}" for n in range(1, 35)),
)
_PROVIDERS = ("Bưu điện mẫu", "Viễn thông mẫu", "Điện lực mẫu", "Cấp nước mẫu")


@attrs.frozen
class Unit:
    """A unit, the officers who answer for it, the person who verifies there, and its head."""

    name: str
    officers: tuple[Person, ...]
    focal: Person
    head: Person


def _make_unit(number: int, name: str) -> Unit:
    def person(role: Role, which: str) -> Person:
        return Person(id=f"{which}-{number:02}", role=role, unit=name)

    officers = tuple(person(Role.OFFICER, f"cb{n}") for n in range(1, 4 + number % 4))
    return Unit(name, officers, person(Role.AGENCY, "dm"), person(Role.AGENCY_HEAD, "tt"))


UNITS = tuple(_make_unit(number, name) for number, name in enumerate(_UNITS, start=1))
OPERATORS = tuple(Person(id=f"tdv-{n:02}", role=Role.OPERATOR) for n in range(1, 13))
PROVIDERS = tuple(
    Person(id=f"dv-{n}", role=Role.PROVIDER, unit=name) for n, name in enumerate(_PROVIDERS, 1)
)
LEADER = Person(id="ld-1", role=Role.LEADERSHIP)
# A few units have most of the cases: the n-th has a share of one in n + 3.
_SHARES = tuple(1 / (n + 3) for n in range(len(UNITS)))


def draw_unit(chance: Random) -> Unit:
    """Return a unit, some far more often than others."""
    return chance.choices(UNITS, _SHARES)[0]


def draw_sender(chance: Random, count: int) -> Sender:
    """Return one of `count` senders. The name has its number, which is not a phone number."""
    number = int(chance.random() * count)
    return Sender(
        name=f"Người gửi mẫu {number}",
        address=f"Tổ {number % 12 + 1}, phường Mẫu {number % 34 + 1:02}",
        phone=f"0000 {number // 1000 % 1000:03} {number % 1000:03}",
        email=f"mau{number}@example.com" if number % 4 == 0 else None,
        id=f"mau-{number}" if number % 3 == 0 else None,
    )
