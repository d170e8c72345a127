"""Trains what labels prompts without a language model: its numbers and the NSFW classifier."""
