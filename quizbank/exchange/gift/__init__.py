"""GIFT, and the missing-word format that is like it."""
