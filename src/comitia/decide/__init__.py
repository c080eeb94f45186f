"""Decisions as arithmetic: ballots and their counts, verdicts with their whole sum, motions, mandates, recall.

Owns how votes become seats and verdicts. Never knows a charter, a federation or a record: every choice that a charter
makes comes as an argument, every number is exact, every tie is an event. Start with ``verdict.py`` for decisions, with
``profile.py`` and ``count/stv_scottish.py`` for elections.
"""
