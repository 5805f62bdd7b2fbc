"""The rules of the risk-screening simulator: its cases, and what a decision is worth."""
