"""What is printed: tables, pictures, plain data, and where a case stands with its time."""
