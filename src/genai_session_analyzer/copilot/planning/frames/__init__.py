"""Frames of speech around a clear question: headings, definitions, what it is asked for."""
