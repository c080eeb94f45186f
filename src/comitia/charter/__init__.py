"""The federation's own rules as typed structures: kinds of body, matters, thresholds, rights.

Owns the charter language (TOML), its reading with line numbers, and the faults found in it before adoption. Never
decides an act, never reads a file or a clock. Start with ``structure.py``.
"""
