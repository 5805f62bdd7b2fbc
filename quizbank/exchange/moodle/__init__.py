"""Moodle XML, and what Moodle's formats share."""
