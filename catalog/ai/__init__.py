"""Questions about the catalogue, answered in words that rest on its rows."""
