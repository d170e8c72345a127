"""What comes first: periods, then extreme rows, then sorting, superlatives and "top"."""
