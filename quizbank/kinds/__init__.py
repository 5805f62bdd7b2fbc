"""The kinds of item: one module each, a frozen model that knows how to mark a response."""
