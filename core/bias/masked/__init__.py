"""Scores of masked-word models: questions in bulk, sentence pairs, blanks, templates, and what they cost."""
