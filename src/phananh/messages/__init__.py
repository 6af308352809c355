"""Every sentence that a person reads from the library, in Vietnamese and English, by code.

What may be wrong is in `general` if several areas say it, else in the table of its area. Why an
act is refused is in `refusals`. Words for slugs are in `labels`, and all other texts in `texts`.
"""
