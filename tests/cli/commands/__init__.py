"""Tests of phananh.cli.commands."""
