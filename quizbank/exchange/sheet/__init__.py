"""Items as rows of a sheet, in CSV and Excel."""
