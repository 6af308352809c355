"""The command line, from inside and as a process of its own."""
