"""Shipped word lists."""
