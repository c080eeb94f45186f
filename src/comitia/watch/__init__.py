"""Indicators of concentration, one per file, computed from the federation's public state alone.

Informs; never decides. Start with ``indicator.py``.
"""
