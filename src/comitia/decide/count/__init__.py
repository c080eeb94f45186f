"""Counting rules, one file each; each file is its text, numbered, and the code quotes each number where it acts.

Owns nothing but rules: papers, ties, the sheet and arithmetic lie one level up. No rule imports another. Start with
``stv_scottish.py``.
"""
