"""What awards and withdraws certificates."""
