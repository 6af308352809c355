"""The act log: a file of a day at the office. Each line is an act, and each gets an outcome."""
