"""Pages and an HTTP API over a store: `create_app` gives an ASGI application.

from onrecord.serve import Settings, create_app
from onrecord.store import Store

app = create_app(store=Store.open("onrecord.db"), settings=Settings())
"""

from onrecord.serve.app import create_app
from onrecord.serve.settings import Settings

__all__ = ["Settings", "create_app"]
