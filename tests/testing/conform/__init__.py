"""Tests of the contract as the command line runs it."""
