"""The regulation core: what the Decision says, tried from the outside (Art. 1-16)."""
