"""The command line (extra `cli`): click commands with rich output, and no rules."""
