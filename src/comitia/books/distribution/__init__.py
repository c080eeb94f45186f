"""How a fund is shared among members: one scheme a file, exact to the smallest coin, the remainder stated.

Owns the arithmetic. Never chooses the scheme: the charter names it. Start with ``shares.py``.
"""
