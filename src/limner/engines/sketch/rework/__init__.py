"""Rework: references edited and fused, as an instruction asks."""
