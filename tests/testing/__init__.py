"""Tests of what the library lends to the tests of others."""
