"""Charts: pure functions from data to figures; they know neither Ibis nor services."""
