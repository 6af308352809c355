"""What the tests of the contract run on: time limits, threads, child processes, known gaps."""
