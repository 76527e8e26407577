"""Measuring bias, reading it honestly, and reducing it.

One file a measure in `measures/`, one file a mitigation in `mitigations/`; word sets with their source in `lexicon/`.
"""
