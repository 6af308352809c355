"""Pictures of boxes and arrows for the documentation, made from the tables that they show."""
