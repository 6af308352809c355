"""The contract of a store, with a file of tests for each part. `conformance` joins them."""
