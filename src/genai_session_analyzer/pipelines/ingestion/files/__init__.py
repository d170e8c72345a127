"""Untrusted files: the gate before any parser, and the readers behind it."""
