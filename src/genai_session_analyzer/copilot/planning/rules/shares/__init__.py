"""Shares: those that rank or are of the first few first, the others with the measures."""
