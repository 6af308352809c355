"""What is wrong with what is given to a clock or a strategy of tests, or to samples, by code."""

from phananh.messages.message import Message, in_english

TESTING: dict[str, Message] = {
    "below_least": in_english(
        "{value} is below {least}, the least",
        "give a larger one",
    ),
    "case_unreachable": in_english(
        "under the rules {rules} no case of kind {kind} is {asked}",
        "ask for one of {known}",
    ),
    "clock_moves_itself": in_english(
        "the case needs the clock to show {at}, and this clock cannot be set",
        "give the desk a ManualClock, or an earlier `received_at`",
    ),
    "due_sooner": in_english(
        "{value} is longer than all the time until it is due, which is {most}",
        "give a shorter one",
    ),
    "fault_after": in_english("the test lost the reply of a call that was done"),
    "fault_before": in_english("the test made the call fail before it was done"),
    "last_before_first": in_english(
        "{last} is before `first`, which is {first}",
        "give a later date",
    ),
    "late_and_due": in_english(
        "`late_by` is given",
        "give one of them, then move the clock",
    ),
    "line_not_recorded": in_english(
        "line {number} is not recorded ({detail})",
        "give only lines that are recorded",
    ),
    "lines_of_one_case": in_english(
        "the lines have {count} cases",
        "give the lines of one case",
    ),
    "moves_back": in_english(
        "{value} goes back",
        "use set()",
    ),
    "no_limit_runs": in_english(
        "no limit of case {case} is running: it is {state}",
        "use set() or advance()",
    ),
    "no_invariant_left": in_english(
        "no invariant is left to ask",
        "skip fewer, or if you ask only V34, give `expected` its `outcomes`",
    ),
    "not_an_invariant": in_english(
        "{value} is not an invariant",
        "use a name or number of INVARIANTS, such as V21",
    ),
    "before_position": in_english(
        "line {line} comes before the first position: {value}",
        "begin with a position, such as {form}",
    ),
    "leads_nowhere": in_english(
        "line {line} has no state that follows: {value}",
        "write the state, or = if it stays",
    ),
    "no_step_for_some": in_english(
        "line {line} has N for some roles only: {value}",
        "write nine letters N if there is no such step there, else R or F",
    ),
    "not_a_position": in_english(
        "line {line} is not a position: {value}",
        "if the case has a holder there, write it like {form}, else like {other}",
    ),
    "not_an_outcome": in_english(
        "line {line} is not an outcome: {value}",
        "write the act, nine letters R, F or N, and the state that follows",
    ),
    "outcome_twice": in_english(
        "line {line} has {value} a second time",
        "keep one of the two",
    ),
    "unknown_in_outcome": in_english(
        "line {line}: {value} is unknown",
        "use one of {known}",
    ),
    "not_outcomes": in_english(
        "{value} is not a table of outcomes",
        "read it with read_outcomes(...), or give None to leave V34 out",
    ),
    "not_reasons": in_english(
        "{value} is not a dict of reasons",
        'write skip={{"V34": "why these rules are not asked"}}',
    ),
    "not_rules": in_english(
        "{value} is not a Rules",
        "give Rules, such as HOA_BINH_2019",
    ),
    "not_a_call": in_english(
        "{value} is not the number of a call",
        "give a whole number, 1 or more",
    ),
    "not_a_duration": in_english(
        "{value} is not an amount of time",
        'write it like "1h30m", "2d", "90s" or "1us"',
    ),
    "not_a_number_of_samples": in_english(
        "{value} is not a number of sample cases",
        "give a whole number, 1 or more",
    ),
    "not_a_step": in_english(
        "{value} is not a step",
        "give working time above zero",
    ),
    "not_iso_text": in_english(
        "{value} is not an instant in ISO 8601",
        'write it like "2025-04-21 09:00"',
    ),
    "of_another_desk": in_english(
        "`desk` is given, which has its own",
        "leave one of the two out",
    ),
    "only_and_skipped": in_english(
        "{value} is in `skip` too",
        "name it in one of the two",
    ),
    "samples_end_early": in_english(
        "it must be after `since`, which is {since}",
        "give a later moment",
    ),
    "skipped_without_reason": in_english(
        "{value} has no reason",
        "say why it is not asked",
    ),
    "too_many_states": in_english(
        "there are more than {most} states",
        "name fewer `kinds`, or in `guards_read` what your own guards read",
    ),
}  # fmt: skip
