"""Tables and other files that people send in, whatever they are about."""
