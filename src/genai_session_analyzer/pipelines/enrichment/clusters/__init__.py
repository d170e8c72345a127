"""Prompt clusters and the map: what people ask for, in groups that keep their ids."""
