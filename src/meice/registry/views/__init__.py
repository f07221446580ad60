"""The pages of the register: fetch what is visible, read the form, call one action, redirect."""
