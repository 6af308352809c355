"""The contract of a store, a file of tests for each part; `conformance` joins them."""
