"""What one month leaves to the next, in the window: corrections carried over, lists, comparison."""
