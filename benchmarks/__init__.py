"""How fast the reader is, beside its bare encoder and a spaCy pipeline of the usual small kind.

    python -m benchmarks                        the examples, varied and repeated
    python -m benchmarks --texts REPORTS.jsonl  real reports, `text` in each line

Every contestant runs in a process of its own, bound to one or two processor cores.
"""
