"""The pytest plugin, run by pytest in a process of its own."""
