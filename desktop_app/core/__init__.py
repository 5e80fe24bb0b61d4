"""The stations of the flow, without a window."""
