"""What a prompt asks for: a taxonomy, labelers behind one record, and their table."""
