"""Rosters: lists of staff that a clinic sends, line by line checked against certificates."""
