"""Draws the demo's pictures and clips, in processes of their own: plain Pillow and PyAV, no Django."""
