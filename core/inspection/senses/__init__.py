"""Whether a model's vectors tell the senses of a word apart, and whether they fall into groups."""
