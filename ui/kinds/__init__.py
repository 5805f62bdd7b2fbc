"""Drawing each kind of item for the person who answers it."""
