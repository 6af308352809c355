"""Tests of phananh.act_log."""
