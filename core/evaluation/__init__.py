"""Scores of a model on labelled rows: what they are, how sure they are, and whether two differ."""
