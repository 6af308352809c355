"""What runs the articles: matching, the compiled table, decisions, changes of the calendar."""
