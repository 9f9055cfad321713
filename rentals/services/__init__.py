"""Every write that has a rule."""
