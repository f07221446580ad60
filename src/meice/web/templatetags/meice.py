"""`{% load meice %}`: all components of Meice (see the README of this room)."""

from django.template import Library

from meice.web.tags import acts, forms, lists, looks, shell, times

register = Library()
for part in (acts, forms, lists, looks, shell, times):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
