"""A list of pictures has keys of its own while it has the focus."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from sketchstudio.ui.panels.picture_list import PictureList


def test_delete_is_meant_for_the_list_that_has_the_focus(qtbot: QtBot) -> None:
    """And not for the ink that is selected on the canvas, whose shortcut it is, too."""
    window, middle = QMainWindow(), QWidget()
    qtbot.addWidget(window)
    pictures, other = PictureList(48, QSize(60, 60)), QWidget()
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    layout = QVBoxLayout(middle)
    for widget in (pictures, other, QLineEdit()):
        layout.addWidget(widget)
    window.setCentralWidget(middle)
    pictures.addItems(["one", "two"])
    delete = QAction("Delete", window)
    delete.setShortcuts([Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
    window.addAction(delete)
    ink, list_ = [], []
    delete.triggered.connect(lambda: ink.append(1))
    pictures.delete_pressed.connect(lambda: list_.append(1))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    pictures.setFocus()
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
        qtbot.keyClick(pictures, key)
    assert (len(list_), len(ink)) == (2, 0)
    other.setFocus()
    qtbot.keyClick(other, Qt.Key.Key_Delete)
    assert (len(list_), len(ink)) == (2, 1)
