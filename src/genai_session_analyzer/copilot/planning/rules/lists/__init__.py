"""Lists: of different values, then of the columns of rows, then of rows themselves."""
