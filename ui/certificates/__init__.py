"""Certificates, their designs, their sealing, and what they cover."""
