"""The course's figures: facts from a file, drawn as SVG with an alternative text and a table."""
