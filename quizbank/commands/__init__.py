"""What changes the bank, the exams and the attempts."""
