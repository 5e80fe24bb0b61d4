"""What the views read: Qt models over Polars frames, and the selections computed off the UI thread."""
