"""Attention that a model pays while it reads one text, or a pair: weights, words instead of pieces, heads, pictures."""
