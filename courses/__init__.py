"""Courses: lesson content, figures, progress, and the way to the final exam."""
