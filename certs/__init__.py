"""Certificates: awarding, the printed page, their standing, revocation."""
