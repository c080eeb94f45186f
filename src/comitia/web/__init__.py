"""The pages: forms in, acts to the clerk, pages out. The only room that knows Django.

Start with ``urls.py``.
"""
