"""The code that runs the articles: matching, the compiled table, decisions, calendar changes."""
