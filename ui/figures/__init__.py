"""Figures, drawn and explored."""
