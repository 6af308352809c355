"""Every sentence that a person reads from the library, in Vietnamese and English, by code."""
