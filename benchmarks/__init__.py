"""How fast it is, as ratios to the least that could be done, measured in one run.

A time alone says as much about the machine as about the code. So each thing is timed in turns
with its floor, and what has a goal is the ratio. `python -m benchmarks` prints the table.
"""
