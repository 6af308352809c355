"""Former places of what is in the files above, for a short while."""
