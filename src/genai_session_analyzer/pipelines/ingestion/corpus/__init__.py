"""The embedded corpus: seeded prompts written for this project."""
