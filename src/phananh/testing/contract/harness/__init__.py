"""The tools of the contract's tests: time limits, threads, child processes, known gaps."""
