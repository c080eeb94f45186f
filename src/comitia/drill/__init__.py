"""How few can decide, hold or take back: a charter stressed before it is adopted.

Owns capture analysis. Decides nothing. Start with ``capture.py``.
"""
