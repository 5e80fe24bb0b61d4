"""What the views read: Qt models over Polars frames, and the selections computed off the UI thread."""

from desktop_app.ui.refcounts import keep_constants

keep_constants()
