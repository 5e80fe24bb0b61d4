"""What the pages Send, Feedback and Quality are made of."""
