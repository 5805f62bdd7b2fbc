"""The `pinpoint` command's groups, one module each."""
