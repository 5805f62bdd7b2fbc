"""What other systems make of the same files and answers; their facts are read, never copied."""
