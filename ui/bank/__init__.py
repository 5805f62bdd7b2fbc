"""The item bank: its list, the writing and the review of an item, files in and out."""
