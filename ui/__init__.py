"""Streamlit's side of the house: the entry script, transactions for pages, drawing of values."""
