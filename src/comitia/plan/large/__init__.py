"""The large solver: plans of many thousand products by an interior point method made for production networks.

Owns the arrays form of the model and its solution in floats; never publishes a plan and never judges one. Start with
``programme.py``, then ``interior.py``.
"""
