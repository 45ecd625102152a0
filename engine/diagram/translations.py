"""Names in several languages, kept in the diagram by the OMG's i18n extension.

`<i18n:translation xml:lang="kk">…</i18n:translation>` in the element's extensionElements; the
`name` attribute itself is in the process's default language (property `defaultLanguage`, ru).
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from engine.diagram.namespaces import I18N, XML, bpmn, text_of

DEFAULT_LANGUAGE = "ru"

_LANG = f"{{{XML}}}lang"


def read_names(element: etree._Element, default_language: str) -> dict[str, str]:
    """The names of an element by language; the `name` attribute counts as `default_language`."""
    names: dict[str, str] = {}
    own = _one_line(element.get("name"))
    if own:
        names[default_language] = own
    for translation in element.iterfind(f"{bpmn('extensionElements')}/{{{I18N}}}translation"):
        language = translation.get(_LANG, "").split("-")[0].lower()
        text = _one_line(text_of(translation))
        if language and text and translation.get("target", "@name") in ("@name", "name"):
            names.setdefault(language, text)
    return names


def choose_name(names: Mapping[str, str], language: str, default_language: str) -> str | None:
    """The name in `language`, else in the default language, else in any other, else None."""
    for candidate in (language, default_language):
        if candidate in names:
            return names[candidate]
    return next(iter(names.values()), None)


def _one_line(text: str | None) -> str:
    return " ".join(text.split()) if text else ""
