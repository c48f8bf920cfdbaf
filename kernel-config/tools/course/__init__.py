"""Assignments from the notebooks' exercises: built, checked and graded. The command line is in course.py."""
