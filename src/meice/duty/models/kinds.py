"""The words of a roster: which layer, which days, how people take turns, why it is this person."""

from django.db import models


class LayerKind(models.TextChoices):
    """What a layer is for; in this order people are called."""

    OFFICER = "officer", "值班员"
    SPECIALIST = "specialist", "网评/技术"
    LEADER = "leader", "领导带班"


class DayKind(models.TextChoices):
    """What a day is: a weekend day that is worked for a holiday (调休) is a working day."""

    WORKDAY = "workday", "工作日"
    WEEKEND = "weekend", "周末"
    HOLIDAY = "holiday", "节假日"


class Covers(models.TextChoices):
    """On which days a pattern holds; the narrower one goes first."""

    EVERY = "every", "每天"
    WORKDAY = "workday", "工作日（含调休上班日）"
    REST = "rest", "休息日（周末和节假日）"
    WEEKEND = "weekend", "周末"
    HOLIDAY = "holiday", "法定节假日"


class Turn(models.TextChoices):
    """When it is the next person's turn."""

    SHIFT = "shift", "每班换人"
    DAY = "day", "每天换人"
    WEEK = "week", "每周换人"
    STRETCH = "stretch", "每段连休换人"


class Cause(models.TextChoices):
    """Why a shift is with this person."""

    PLANNED = "planned", "按排法"
    STAND_IN = "stand_in", "代班"
    CHANGED = "changed", "调班"
    SWAPPED = "swapped", "换班"


BY_HAND = (Cause.CHANGED, Cause.SWAPPED)
"""People have settled these: no plan writes over them."""
