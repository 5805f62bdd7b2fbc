"""Lessons and courses, read and written, and what is looked up beside them."""
