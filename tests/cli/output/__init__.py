"""Tests of phananh.cli.output."""
