"""People from files."""
