"""Tests of the state machine that plays office on a desk."""
