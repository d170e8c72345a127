"""The contract: what a row must keep to be accepted, and why one was not."""
