"""How the shipped model is made: corpora, encoder, heads, training, export."""
