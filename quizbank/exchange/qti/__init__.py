"""QTI 2 and 3: items and packages."""
