"""The demonstration: two invented sites and the flow that both go through."""
