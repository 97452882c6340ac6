"""Stand-ins for the layout's signs where a terminal's encoding doesn't have them."""

import codecs
import sys

HANDLER = "onrecord.plain"

_STAND_INS = {
    **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)),
    **dict.fromkeys("┃│┊", "|"),
    **dict.fromkeys("“”«»", '"'),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("–—·─", "-"),
    "✗": "x",
    "✓": "v",
    "●": "*",
    "◐": "/",
    "○": "o",
    "‖": "=",
    "⚠": "!",
    "→": ">",
    "⇄": "=",
    "≤": "<",
    "…": "...",
}


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(_STAND_INS.get(character, "?") for character in lost), error.end


def allow_any_encoding() -> None:
    """Lets standard output show stand-ins for what its encoding lacks, instead of failing."""
    codecs.register_error(HANDLER, _stand_in)
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors=HANDLER)
