"""One file per screen, thin: one query, drawing, one `act()` per button."""
