"""What the season, workplace, book and record pages add up before they show it: pure functions from state to rows.

Knows no request and no template. Start with ``variants.py``.
"""
