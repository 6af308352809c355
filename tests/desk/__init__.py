"""The desk and the act log, on both stores."""
