"""Tests of what is drawn for the tests of others."""
