"""Ground floor: configuration, errors, permissions, transactions, audit, identifiers."""
