"""A question cut into pieces: rewritten, spelt right, tagged (`tagging`), settled."""
