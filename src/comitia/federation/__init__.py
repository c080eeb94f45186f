"""The rule book: ``Federation.apply(act)`` decides every act, ``replay(acts)`` decides it again.

Joins charter, decide, plan and books. Reads no clock, file or store. Start with ``acts.py``, then ``rulebook.py``.
"""
