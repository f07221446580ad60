"""Reading a sheet of units or people and comparing it with what is known. No Django in here
but `snapshot`: `sheet` runs in the sandbox, `plan` is arithmetic over frozen dataclasses."""
