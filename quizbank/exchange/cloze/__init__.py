"""Moodle's text with gaps."""
