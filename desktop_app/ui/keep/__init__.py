"""What the window does for the workspace: copies, backups, retention, locking, reading only."""
