"""What we are compared with: the same frameworks without us."""
