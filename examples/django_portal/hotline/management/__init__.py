"""The commands of the hotline."""
