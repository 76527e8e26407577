"""Two models on the same sentences: what changed in vectors, neighbours, attention, reasons and decisions."""
