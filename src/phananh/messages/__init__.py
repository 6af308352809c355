"""Every sentence that a person reads from the library, in Vietnamese and English, by code.

What is wrong stands in `general` if any area may say it, else in the table of its area; why an
act is not done in `refusals`. Words for slugs stand in `labels`, explanations in
`explanations`, `deadlines`, `day_texts`, `term_texts` and `durations`.
"""
