"""Proof of what a pre-training did, one measure a file; each tells value, interval, n and where it comes from."""
