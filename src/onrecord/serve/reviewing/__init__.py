"""What the review pages are made of: the fields of an entry, and the words around it."""
