"""What may be read of the bank, the exams and the attempts; always frozen values."""
