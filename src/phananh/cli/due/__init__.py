"""The parts of `phananh due`: one question, or a file of them."""
