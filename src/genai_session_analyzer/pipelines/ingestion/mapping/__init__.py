"""Mappings: which column of a source is which field of ours, in which unit and words."""
