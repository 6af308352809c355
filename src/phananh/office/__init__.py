"""What an office does with its cases: reports, letters, messages and registers.

It stands on a desk and its store, and knows no web. Each part is a file of its own, and loads the
extra that it needs when it is used.
"""
