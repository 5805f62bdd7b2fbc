"""Practice: choosing it, answering, and what is due when."""
