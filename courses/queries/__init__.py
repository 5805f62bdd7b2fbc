"""What the screens ask about courses and one's own progress."""
