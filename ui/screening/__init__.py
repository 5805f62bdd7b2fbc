"""Clients to screen: met, decided, written."""
