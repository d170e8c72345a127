"""Plans and SQL by a language model, and what makes them worth believing."""
