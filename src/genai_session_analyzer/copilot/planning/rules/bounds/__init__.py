"""Bounds on numbers: counts of values first, then relative ones, numbers, exact ones and none."""
