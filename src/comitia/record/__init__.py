"""The record: canonical acts, the Merkle tree over them, signed checkpoints, tiles, the store.

Owns the bytes. Knows nothing of politics, members or plans. Start with ``merkle.py``; ``spec/`` outranks this code.
"""
