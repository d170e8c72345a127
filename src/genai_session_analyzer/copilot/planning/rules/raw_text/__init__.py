"""Rules on the text of a question, before it is cut into pieces: percentiles, prompts, times."""
