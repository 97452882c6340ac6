"""Names in the form in which they are compared."""

import re
import unicodedata

_ARTICLE = re.compile(r"\A(?:the|a|an) (?=\S)")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_OUT = re.compile(r"[^\w&'’.-]+")


def norm(name: str) -> str:
    """`name` without case, accents, articles, a final possessive and odd punctuation.

    "The U.N. Security Council's" and "UN Security Council" are the same.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = " ".join(_OUT.sub(" ", plain).split())
    plain = _POSSESSIVE.sub("", _ARTICLE.sub("", plain))
    return plain.replace(".", "").replace("-", " ").replace("’", "'").strip(" '")
