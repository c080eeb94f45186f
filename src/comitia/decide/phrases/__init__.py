"""Phrase books: what verdicts say, by key, one module a language. They decide and compute nothing. First: ``en.py``."""
