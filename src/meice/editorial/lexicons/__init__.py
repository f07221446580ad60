"""A school's lexicons as the copy checker takes them: compiled, kept in memory, swapped live."""
