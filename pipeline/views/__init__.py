"""What the pages of every app begin with: who may open them, and how long lists are cut."""
