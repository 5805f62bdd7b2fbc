"""Marking by people, and the correction of keys."""
