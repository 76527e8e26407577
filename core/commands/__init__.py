"""The command line's verbs: one file a noun; each adds its parsers and answers with a value and a text."""
