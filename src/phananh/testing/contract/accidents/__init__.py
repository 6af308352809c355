"""Contract: a store's data after a full disk, the death of its process or a lost event."""
