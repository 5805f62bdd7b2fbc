"""What came of an attempt, for who sat it and for the staff."""
