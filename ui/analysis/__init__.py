"""How an exam and its items performed."""
