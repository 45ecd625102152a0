"""The classifiers that a demonstration brings along, as forms choose from them."""

from __future__ import annotations

from datetime import date

from engine.forms import Options
from handlers.shared import demo
from handlers.shared.classifier_files import read_shipped
from handlers.shared.classifiers import RememberedClassifiers
from web.classifier_options import ClassifierOptions


def shipped_options(day: date = date(2026, 3, 2)) -> Options:
    """What is offered on a day."""
    shipped = [edition for edition, _source, _data in read_shipped(demo.CLASSIFIERS)]
    return ClassifierOptions(RememberedClassifiers(shipped)).on(day, None)
