"""Open books: balanced transactions in kind, hours and money.

Owns accounts and what a plan's orders post to them; exact numbers only. Never decides who may post, never reads a
file or a clock, knows no plan and no vote. Start with ``journal.py``, then ``transactions.py``.
"""
