"""What changes courses and a learner's progress."""
