"""The command line (extra `cli`): click commands with rich output; no rules in here."""
