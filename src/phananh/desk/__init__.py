"""The desk: where acts happen (Art. 7-9). It asks the Regulation, and records what it allows."""

from phananh.desk.desk import Desk, vietnam_now

__all__ = ["Desk", "vietnam_now"]
