"""The output: tables, pictures, plain data, and the state of a case and its limits."""
