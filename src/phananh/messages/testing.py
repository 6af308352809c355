"""What is wrong with what a test gives to a clock or a strategy, by code."""

from phananh.messages.message import Message

TESTING: dict[str, Message] = {
    "below_least": Message(
        "{value} nhỏ hơn {least}, mức ít nhất", "{value} is below {least}, the least",
        "nêu dài hơn", "give a longer one",
    ),
    "moves_back": Message("{value} là lùi lại", "{value} is back", "dùng set()", "use set()"),
    "not_a_step": Message(
        "{value} không thành bước", "{value} is no step",
        "nêu thời gian làm việc lớn hơn 0", "give working time above zero",
    ),
}  # fmt: skip
