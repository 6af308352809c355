"""The contract of a store as tests. `conformance` joins them into one class."""
