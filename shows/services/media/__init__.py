"""Pictures and videos of versions: taken in, looked at, stored, served and swept."""
