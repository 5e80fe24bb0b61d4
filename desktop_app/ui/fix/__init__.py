"""The panes of the page where findings are corrected or confirmed."""
