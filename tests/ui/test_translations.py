"""Languages: nothing is left in English, files are up to date, and longer words fit."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from contextlib import suppress
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from sketchstudio.state.settings import LANGUAGES, MODELS
from sketchstudio.system import language
from sketchstudio.system.language import CONTEXT, tr
from sketchstudio.ui.actions import ACTIONS
from sketchstudio.ui.dialogs.page import PageDialog
from sketchstudio.ui.translations import FOLDER, texts
from tests.ui.test_accessibility import surfaces

FILES = sorted(FOLDER.glob("*.ts"))


def messages(path) -> dict[str, ElementTree.Element]:
    root = ElementTree.parse(path).getroot()
    return {message.findtext("source"): message for message in root.iter("message")}


def said(message: ElementTree.Element) -> list[str]:
    translation = message.find("translation")
    forms = [form.text or "" for form in translation.iter("numerusform")]
    return forms or [translation.text or ""]


def test_every_language_has_its_file():
    """What can be chosen is there, and what is there can be chosen."""
    there = {path.stem.removeprefix("sketchstudio_") for path in FILES}
    assert there == LANGUAGES.keys() - {"system", "en"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_left_in_english(path):
    """Every action, setting and label is translated.

    Run ``python -m sketchstudio.ui.translations``, then Qt Linguist, then the first again.
    """
    known, wanted = messages(path), texts()
    assert not wanted.keys() - known.keys(), "texts that the file does not know"
    unfinished = [text for text, message in known.items() if not all(said(message))]
    assert not unfinished
    assert {spec.text for spec in ACTIONS} <= known.keys()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_translations_keep_their_places(path):
    """A lost ``{name}`` would lose a file's name, a lost ``&`` a menu's key."""
    for text, message in messages(path).items():
        for form in said(message):
            assert fields(form) == fields(text), text
            assert form.endswith("…") == text.endswith("…"), text
            assert ("&" in form) == ("&" in text), text
            assert form.count("%n") == text.count("%n"), text


def fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text)} - {None}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_compiled_files_are_up_to_date(path, qapp):
    """The app reads ``.qm`` files; they say what the ``.ts`` files say."""
    translator = QTranslator()
    assert translator.load(str(path.with_suffix(".qm")))
    for text, message in messages(path).items():
        count = 3 if message.get("numerus") else -1
        expected = said(message)[-1].replace("%n", "3")
        shown = translator.translate(CONTEXT, text, "", count)
        assert shown.replace("%n", "3") == expected, text


def test_chinese_is_shown(qapp):
    """The whole way: the setting, our file, and Qt's own words."""
    before = set(qapp.findChildren(QTranslator))
    try:
        language.install(qapp, "zh_CN")
        assert tr("Complete") == "续画"
        assert "42 个类别" in tr("Model {name}, %n categories", 42)
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    finally:
        for translator in set(qapp.findChildren(QTranslator)) - before:
            qapp.removeTranslator(translator)
            translator.deleteLater()
        QLocale.setDefault(QLocale.c())
    assert tr("Complete") == "Complete"


MARK = "~"


class Longer(QTranslator):
    """A made-up language, two fifths longer, that marks what it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, hint: str = "", count: int = -1) -> str | None:
        if context != CONTEXT or not text:
            return None
        self.asked.add(text)
        return text + MARK * max(1, 2 * len(text) // 5)


@pytest.fixture
def longer(qapp) -> Iterator[Longer]:
    translator = Longer()
    qapp.installTranslator(translator)
    yield translator
    qapp.removeTranslator(translator)


UNSAID = re.compile(r"[\W\d_]*( px)?|[AB]|#[0-9a-f]{6}", re.IGNORECASE)
"""What is the same in every language."""


NAMES = {"A4", "A5", "px", "mm", "cm", "in", *LANGUAGES.values(), *MODELS}
"""Asked for, and the same in every language."""


def test_everything_said_can_be_translated(longer, make, qtbot):
    """No text of the window or a dialog goes round the translation."""
    english = []
    for place, root in surfaces(make()):
        for widget in (root, *root.findChildren(QWidget)):
            if widget.inherits("QCalendarWidget") or widget.objectName().startswith("qt_"):
                continue
            for text in shown_texts(widget):
                plain = text.strip().replace("&", "")
                if MARK not in plain and not UNSAID.fullmatch(plain) and not is_own(widget, plain):
                    english.append(f"{place}: {type(widget).__name__} {text!r}")
    assert not english
    assert longer.asked - texts().keys() - NAMES == set(), "tables of words need mark()"


def test_steps_of_the_history_are_translated(longer, make, qtbot):
    """Whatever changes layers or page is named in the person's language, in the history, too."""
    studio = make()
    studio.draw(qtbot, [(100, 200), (150, 260)])
    commands = studio.window._layers
    for action in (
        *("layer_add", "layer_visible", "layer_visible", "layer_locked", "layer_locked"),
        *("layer_lower", "layer_raise", "layer_merge", "layer_add", "layer_delete"),
        *("paper_grid", "clear"),
    ):
        studio.trigger(action)
    commands.rename(studio.session.active_layer, "Sky")
    commands.set_opacity(studio.session.active_layer, 0.5, "drag")
    PageDialog(studio.session, studio.window).size_box.setCurrentIndex(1)
    stack = studio.session.undo_stack
    steps = [stack.text(place) for place in range(stack.count())]
    assert len(steps) > 12
    assert [step for step in steps if MARK not in step] == []
    assert longer.asked - texts().keys() - NAMES == set()


def is_own(widget: QWidget, text: str) -> bool:
    """Keys, names and numbers that no language changes, and Qt's own words."""
    by_qt = widget.parent() is not None and widget.parent().inherits("QDialogButtonBox")
    keys = all(QKeySequence(key).count() for key in text.split(", "))
    return by_qt or keys or "sketchstudio" in text or text in LANGUAGES.values()


def shown_texts(widget: QWidget) -> list[str]:
    found = [widget.toolTip(), widget.accessibleName()]
    match widget:
        case QLabel() | QAbstractButton():
            found.append(widget.text())
        case QLineEdit():
            found.append(widget.placeholderText())
        case QComboBox():
            found += [widget.itemText(row) for row in range(widget.count())]
        case QMenu():
            found.append(widget.title())
            found += [action.text() for action in widget.actions()]
    return [text for text in found if text]


def test_longer_words_fit(longer, make, qtbot):
    """Other languages need more room than English: no label or button is cut off."""
    cut = []
    studio = make()
    studio.window.resize(1200, 800)
    for place, root in surfaces(studio):
        root.show()
        with suppress(qtbot.TimeoutError):  # what the engine tells meanwhile is laid out later
            qtbot.waitUntil(lambda root=root: not list(cut_off(root)), timeout=5000)
        cut += [f"{place}: {text}" for text in cut_off(root)]
        if root is not studio.window:
            root.hide()
    assert not cut


def cut_off(root: QWidget) -> Iterator[str]:
    """What is said in less room than it needs."""
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or widget.objectName().startswith("qt_"):
            continue
        if isinstance(widget, QLabel) and widget.text():
            if widget.wordWrap():
                if widget.heightForWidth(widget.width()) > widget.height() + 1:
                    yield f"label {widget.text()!r}"
            elif widget.sizeHint().width() > widget.width() + 1:
                yield f"label {widget.text()!r}"
        elif isinstance(widget, QPushButton | QCheckBox | QToolButton) and widget.text():
            icon_only = isinstance(widget, QToolButton) and (
                widget.toolButtonStyle().name == "ToolButtonIconOnly" and not widget.icon().isNull()
            )
            if not icon_only and widget.sizeHint().width() > widget.width() + 1:
                yield f"button {widget.text()!r}"
        elif isinstance(widget, QComboBox):
            widest = max(
                (
                    widget.fontMetrics().horizontalAdvance(widget.itemText(row))
                    for row in range(widget.count())
                ),
                default=0,
            )
            if widest > widget.width() - 30:
                yield f"choice {widget.currentText()!r}"
