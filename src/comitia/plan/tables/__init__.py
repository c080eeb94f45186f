"""Tables of other origin turned into economy folders, one file per layout."""
