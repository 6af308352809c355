"""Long runs that the fast suite leaves out; each is a module to be run."""
