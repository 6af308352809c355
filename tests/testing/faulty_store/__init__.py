"""A store whose n-th call fails."""
