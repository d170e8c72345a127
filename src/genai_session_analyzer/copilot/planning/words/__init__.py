"""A question cut into pieces: its words, put right and looked up."""
