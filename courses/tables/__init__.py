"""Courses, what people read and practise, the clients they screen, and what is being written."""

from courses.tables import courses as courses
from courses.tables import editing as editing
from courses.tables import practice as practice
from courses.tables import reading as reading
from courses.tables import screening as screening
