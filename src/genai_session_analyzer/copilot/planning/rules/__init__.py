"""What the pieces of a question say, rule by rule."""
