"""Contract: what holds of one holds of hundreds, of the longest and of the last."""
