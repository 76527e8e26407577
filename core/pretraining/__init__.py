"""Pre-training on raw text: sequences, masks, heads, the loop, and proof of what it did."""
