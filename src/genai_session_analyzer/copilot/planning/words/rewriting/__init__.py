"""A question in fewer, plainer words, before it is cut into pieces: in the order of `stages`."""
