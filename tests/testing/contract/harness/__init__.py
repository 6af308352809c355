"""Tests of what the contract runs on: limits, children, gaps, a full disk."""
