"""The verbs of `inspect`, one file each."""
