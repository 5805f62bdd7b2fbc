"""The part of an item's form that depends on its kind: one module each."""
