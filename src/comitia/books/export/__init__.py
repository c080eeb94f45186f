"""The books as text for other programmes, one format a file; opens no file. Start with ``beancount.py``."""
