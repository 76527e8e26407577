"""Exact permutation tests: how often two groups dealt at random differ as much as the two that were seen."""
