"""Tests of documents and their clauses."""
