"""Options that several commands share: hours, actors, the database and its desk."""
