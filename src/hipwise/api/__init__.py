"""The HTTP API and the web app's server: plain data over loopback, one route a use case. It calls only the journal."""

from hipwise.api._app import app_of, openapi
from hipwise.api._guard import CONTENT_POLICY
from hipwise.api._house import House
from hipwise.api._serve import Wanted, serve
from hipwise.api._static import built_app

__all__ = ["CONTENT_POLICY", "House", "Wanted", "app_of", "built_app", "openapi", "serve"]
