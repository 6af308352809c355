"""The desk does acts (Art. 7-9): it asks the Regulation, and records the acts it allows."""

from phananh.desk.desk import Desk, vietnam_now

__all__ = ["Desk", "vietnam_now"]
