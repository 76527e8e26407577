"""Asking a masked-word model what stands behind a mask: one mask, several together, and given candidates."""
