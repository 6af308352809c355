"""The promises of a store, a file of tests for each; phananh.testing.conformance joins them."""
