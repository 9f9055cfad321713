"""Shots from files: CSV tables and editorial timelines."""
