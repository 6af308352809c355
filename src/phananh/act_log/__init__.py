"""The act log: a line in, an act done, a line out; a day at the office as a file."""
