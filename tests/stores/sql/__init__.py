"""What every store over SQL shares."""
