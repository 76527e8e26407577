"""The same text about another group: what is swapped, how it stays grammatical, and what the model then does."""
