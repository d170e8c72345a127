"""Which rows are kept: by activity and by what is known first, by values and events last."""
