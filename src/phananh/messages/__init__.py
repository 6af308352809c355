"""The sentences that a person reads from the library, in Vietnamese and English, by code.

What may be wrong is in `catalogue`, and why an act is refused in `refusals`. Words for slugs are in
`labels`, and other texts in `texts`. Letters and the command line have theirs beside them.
"""
