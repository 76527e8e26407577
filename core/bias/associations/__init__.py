"""The arithmetic of measures on groups of word vectors, one file a measure; each function is pure and small."""
