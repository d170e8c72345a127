"""Pieces whose meaning hangs on those beside them, settled before the rules: see `stages`."""
