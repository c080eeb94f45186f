"""The accelerated engine: the same counts from compiled loops over sorted numbers, for a million papers at once.

Owns the reading of plain ballot files into numbers (``reading.py``), those numbers as ballots that every rule counts
(``digits.py``), and the tallies of many Scottish elections without their sheets (``scottish.py``). Never decides
otherwise than the rules' own files, with which tests compare it bit for bit; what it cannot hold it hands to them. The
only place in this room that needs numba, and nothing imports it but who asks for it. Start with ``digits.py``.
"""
