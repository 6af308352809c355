"""The contract of a store without pytest: `python -m phananh.testing conform TARGET`."""
