"""What is wrong with what is given to a clock or a strategy of tests, or to samples, by code."""

from phananh.messages.message import Message

TESTING: dict[str, Message] = {
    "below_least": Message(
        "{value} nhỏ hơn {least}, mức ít nhất", "{value} is below {least}, the least",
        "nêu dài hơn", "give a longer one",
    ),
    "moves_back": Message("{value} là lùi lại", "{value} is back", "dùng set()", "use set()"),
    "no_limit_runs": Message(
        "PAKN {case} ({state}) không có thời hạn nào đang tính",
        "no limit of case {case} runs: it is {state}",
        "dùng set() hoặc advance()", "use set() or advance()",
    ),
    "not_a_duration": Message(
        "{value} không phải khoảng thời gian", "{value} is no amount of time",
        'viết như "1h30m", "2d", "90s" hoặc "1us"', 'write it like "1h30m", "2d", "90s" or "1us"',
    ),
    "not_a_number_of_samples": Message(
        "{value} không phải số phản ánh, kiến nghị mẫu", "{value} is not a number of sample cases",
        "nêu số nguyên, từ 1 trở lên", "give a whole number, 1 or more",
    ),
    "not_a_step": Message(
        "{value} không thành bước", "{value} is no step",
        "nêu thời gian làm việc lớn hơn 0", "give working time above zero",
    ),
    "not_iso_text": Message(
        "{value} không phải thời điểm theo ISO 8601", "{value} is no instant in ISO 8601",
        'viết như "2025-04-21 09:00"', 'write it like "2025-04-21 09:00"',
    ),
    "samples_end_early": Message(
        "phải sau `since`, là {since}", "it must be after `since`, which is {since}",
        "đưa thời điểm muộn hơn", "give a later moment",
    ),
}  # fmt: skip
