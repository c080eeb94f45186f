"""The plan in kind: the economy, the model, its solution, the certificate, the explanation.

Owns quantities, never votes; usable alone (``import comitia.plan.economy``). Start with ``economy.py``, then
``model.py``.
"""
