"""Sentences around a word: what kind of word it is, templates for that kind, and sentences of given texts with it."""
