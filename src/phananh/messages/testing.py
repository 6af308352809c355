"""What is wrong with what is given to a clock or a strategy of tests, or to samples, by code."""

from phananh.messages.message import Message

TESTING: dict[str, Message] = {
    "below_least": Message(
        "{value} nhỏ hơn {least}, mức ít nhất", "{value} is below {least}, the least",
        "nêu dài hơn", "give a longer one",
    ),
    "moves_back": Message("{value} là lùi lại", "{value} is back", "dùng set()", "use set()"),
    "not_a_number_of_samples": Message(
        "{value} không phải số phản ánh, kiến nghị mẫu", "{value} is not a number of sample cases",
        "nêu số nguyên, từ 1 trở lên", "give a whole number, 1 or more",
    ),
    "not_a_step": Message(
        "{value} không thành bước", "{value} is no step",
        "nêu thời gian làm việc lớn hơn 0", "give working time above zero",
    ),
    "samples_end_early": Message(
        "phải sau `since`, là {since}", "it must be after `since`, which is {since}",
        "đưa thời điểm muộn hơn", "give a later moment",
    ),
}  # fmt: skip
