"""The links as a store has them: each module reads and writes one kind."""
