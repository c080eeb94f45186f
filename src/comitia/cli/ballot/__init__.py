"""``comitia ballot``: every step of a secret ballot by tokens and seals.

Owns the files that voters, issuers, tellers and boxes keep to themselves; ``wallet`` and ``box`` in the rooms below
say what is in them. Never decides: each step is an act, and the rule book takes it or refuses it. First file:
``command.py``.
"""
