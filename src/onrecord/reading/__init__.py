"""Reading: from a text to its record, one file a layer, in the order of the flow.

``tokens`` and ``pieces`` cut the text, ``windows`` parcel it, ``network`` runs the model,
``analyser`` decodes its layers into an ``Analysis``; then ``actors``, ``statements``, ``events``,
``positions``, ``figures`` and ``headline`` make the record's entries, and ``reader`` puts them
together.
"""

from onrecord.reading.analysis import Analysis, Attribution, Mention
from onrecord.reading.reader import Reader

__all__ = ["Analysis", "Attribution", "Mention", "Reader"]
