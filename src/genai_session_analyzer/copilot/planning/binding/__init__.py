"""What was said, bound to the columns of one entity."""
