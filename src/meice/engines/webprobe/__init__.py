"""Reads a website politely and says what is wrong with it, with evidence."""
