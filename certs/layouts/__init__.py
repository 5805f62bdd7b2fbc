"""The formats of a certificate: each draws the same facts on its own paper."""
