"""Words of time: which days, and by what period."""
