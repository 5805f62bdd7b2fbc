"""How items and tests perform: classical figures in columns, each with its interval."""
