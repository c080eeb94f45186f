"""The one writer: applies an act, records it, signs; and the offline verifier's first call.

Decides nothing: every decision is ``Federation.apply``. Start with ``clerk.py``.
"""
