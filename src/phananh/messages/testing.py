"""What is wrong with what a test gives to a clock or a strategy, by code."""

from phananh.messages.message import Message

TESTING: dict[str, Message] = {
    "below_least": Message(
        vi="{value} nhỏ hơn {least}, mức ít nhất",
        en="{value} is below {least}, the least",
        way_vi="nêu dài hơn",
        way_en="give a longer one",
    ),
    "moves_back": Message(
        vi="{value} là lùi lại", en="{value} is back", way_vi="dùng set()", way_en="use set()"
    ),
    "not_a_step": Message(
        vi="{value} không thành bước",
        en="{value} is no step",
        way_vi="nêu thời gian làm việc lớn hơn 0",
        way_en="give working time above zero",
    ),
}
