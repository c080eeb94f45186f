"""Indicators of concentration, one per file, computed from the acts of a record alone; and the charter as practised.

Owns the ledger of rows taken down act by act (``noting.py``), what they say at any moment (``view.py``), the thresholds
of alarms, and the rule by which practice is inferred. Informs; never decides; gives no composite score. Start with
``indicator.py``, then any indicator.
"""
