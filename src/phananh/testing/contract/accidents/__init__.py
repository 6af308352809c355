"""Contract: what a store keeps when the disk is full, its process dies or an event is lost."""
