"""Item files of several formats: reading with a report by line, writing without loss."""
