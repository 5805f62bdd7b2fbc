"""The item bank: items, scoring, blueprints, forms, attempts, decisions, exchange of files."""
