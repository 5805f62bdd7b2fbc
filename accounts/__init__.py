"""People, passwords, sign-in sessions, roles."""
