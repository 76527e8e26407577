"""Raw text out of files: one format a file in this folder; `core.data.corpus.extract` walks through what was sent."""
