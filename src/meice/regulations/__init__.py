"""Regulations with their clauses."""
