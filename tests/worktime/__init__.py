"""Tests of working time: cases, laws, and agreement with the oracle."""
