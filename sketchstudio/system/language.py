"""The language of the interface: what is shown goes through `tr`."""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from sketchstudio.system.paths import resource_path

log = logging.getLogger(__name__)

CONTEXT = "sketchstudio"
"""The one context of our `.ts` files: a word has one translation wherever it stands."""


def tr(text: str, count: int = -1) -> str:
    """``text`` in the language of the interface.

    Args:
        text: English, as written in the source. Values go in afterwards, with ``format``.
        count: What ``%n`` in the text stands for, where it has a plural.
    """
    return QCoreApplication.translate(CONTEXT, text, "", count)


def mark(text: str) -> str:
    """``text`` itself, for a table that is made before its words can be shown with `tr`."""
    return text


def install(app: QCoreApplication, language: str) -> None:
    """Show ``app`` in a language, with Qt's own dialogs; before any widget is made.

    Args:
        app: The application.
        language: As in a file's name, such as ``zh_CN``, or ``system``.
    """
    locale = QLocale.system() if language == "system" else QLocale(language)
    QLocale.setDefault(locale)
    if locale.language() == QLocale.Language.English:
        return
    try:
        ours = str(resource_path("translations"))
    except FileNotFoundError as error:
        log.warning("%s", error)
        return
    qts = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in (("qtbase", qts), ("sketchstudio", ours)):
        translator = QTranslator(app)
        if translator.load(locale, name, "_", folder):
            app.installTranslator(translator)
