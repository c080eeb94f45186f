"""What a count sheet leaves open, answered from the same papers: why not me, how close, what became of one paper.

Each file answers one question about a count that stands; nothing here decides, and no rule imports it. ``course.py``
reads a sheet stage by stage; ``page.py`` puts the answers on one page. Where an answer needs further counts, the caller
hands over the count itself as a function of the papers and of what breaks ties, so that every answer is by that rule.
"""
