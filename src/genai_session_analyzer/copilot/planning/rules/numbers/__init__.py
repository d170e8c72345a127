"""Which numbers are asked for: moments and changes first, then ratios, measures, the implied."""
