"""The verbs of `bias`, one file each."""
