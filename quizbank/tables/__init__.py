"""The tables of the bank and of exams, parted by what they keep."""
