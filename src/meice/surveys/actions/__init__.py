"""What is done with a check of annexes; only these modules write.

`asked` what a person asks for · `found` what the worker writes · `drop` taking a check away.
"""
