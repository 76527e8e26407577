"""Vectors of words: one file a kind of vector. Kinds are shown side by side and never mixed in one measure."""
