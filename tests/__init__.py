"""The tests of phananh; they mirror `src/phananh`."""
