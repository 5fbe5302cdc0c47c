"""Light and dark: Qt's Fusion style with our palettes and a thin style sheet."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from sketchstudio.system.paths import resource_path

NAMES = ("system", "light", "dark")


@dataclass(frozen=True, slots=True)
class Colors:
    """The colours a theme is made of, ``#rrggbb``.

    Attributes:
        desk: Behind bars and panels.
        surface: Of fields, lists and menus.
        hover: Of a button under the pointer.
        line: Hairlines between parts.
        text: Readable on desk and surface.
        muted: Secondary text, readable on desk and surface.
        disabled: Text of what cannot be used.
        accent: The one strong colour.
        on_accent: Readable on accent.
        soft: Accent thinned, for what is switched on.
        on_soft: Readable on soft.
        good: Engine ready.
        busy: Engine loading or working.
        bad: Errors.
    """

    desk: str
    surface: str
    hover: str
    line: str
    text: str
    muted: str
    disabled: str
    accent: str
    on_accent: str
    soft: str
    on_soft: str
    good: str
    busy: str
    bad: str


LIGHT = Colors(
    desk="#f6f6f8",
    surface="#ffffff",
    hover="#e9e9ef",
    line="#dcdce3",
    text="#1f1f26",
    muted="#60606e",
    disabled="#a3a3b0",
    accent="#4f46e5",
    on_accent="#ffffff",
    soft="#e4e3fb",
    on_soft="#4338ca",
    good="#15803d",
    busy="#b45309",
    bad="#b91c1c",
)

DARK = Colors(
    desk="#212126",
    surface="#2b2b32",
    hover="#37373f",
    line="#3c3c45",
    text="#ececf1",
    muted="#a9a9b6",
    disabled="#6b6b78",
    accent="#6861f1",
    on_accent="#ffffff",
    soft="#3b3966",
    on_soft="#bdbaff",
    good="#4ade80",
    busy="#fbbf24",
    bad="#f87171",
)


def current() -> Colors:
    """The colours of the theme in use."""
    palette = QGuiApplication.palette()
    dark = palette.color(QPalette.ColorRole.Window).lightness() < 128
    return DARK if dark else LIGHT


def apply(name: str) -> None:
    """Dress the whole app, unless it is so dressed already.

    Args:
        name: ``light``, ``dark``, or ``system`` to follow the desktop.
    """
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    hints = app.styleHints()
    scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(
        name, Qt.ColorScheme.Unknown
    )
    hints.setColorScheme(scheme)
    if scheme == Qt.ColorScheme.Unknown:
        scheme = hints.colorScheme()
    colors = DARK if scheme == Qt.ColorScheme.Dark else LIGHT
    sheet = style_sheet(colors)
    if app.styleSheet() != sheet:
        app.setStyle("Fusion")
        app.setPalette(palette(colors))
        app.setStyleSheet(sheet)


def palette(colors: Colors) -> QPalette:
    """A Qt palette of these colours."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    made = QPalette()
    for which, color in (
        (role.Window, colors.desk),
        (role.WindowText, colors.text),
        (role.Base, colors.surface),
        (role.AlternateBase, colors.desk),
        (role.Text, colors.text),
        (role.Button, colors.surface),
        (role.ButtonText, colors.text),
        (role.BrightText, colors.bad),
        (role.ToolTipBase, colors.surface),
        (role.ToolTipText, colors.text),
        (role.PlaceholderText, colors.muted),
        (role.Highlight, colors.accent),
        (role.HighlightedText, colors.on_accent),
        (role.Accent, colors.accent),
        (role.Link, colors.accent),
        (role.Light, colors.surface),
        (role.Midlight, colors.hover),
        (role.Mid, colors.line),
        (role.Dark, colors.line),
        (role.Shadow, colors.line),
    ):
        made.setColor(which, QColor(color))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, which, QColor(colors.disabled))
    return made


def style_sheet(colors: Colors) -> str:
    """What the palette cannot say: flat bars, round buttons, quiet borders."""
    c = colors
    arrow = resource_path(f"icons/arrow-{'dark' if c is DARK else 'light'}.svg").as_posix()
    tick = resource_path("icons/tick.svg").as_posix()
    return f"""
    QMainWindow::separator {{ width: 1px; background: {c.line}; }}
    QMenuBar {{ background: {c.desk}; padding: 2px 6px; }}
    QMenuBar::item {{ padding: 4px 9px; border-radius: 5px; background: transparent; }}
    QMenuBar::item:selected {{ background: {c.hover}; }}
    QMenu {{ background: {c.surface}; border: 1px solid {c.line}; padding: 5px; }}
    QMenu::item {{ padding: 5px 36px 5px 10px; border-radius: 5px; }}
    QMenu::item:selected {{ background: {c.soft}; color: {c.text}; }}
    QMenu::item:disabled {{ color: {c.disabled}; background: transparent; }}
    QMenu::separator {{ height: 1px; background: {c.line}; margin: 5px 8px; }}
    QMenu::icon {{ padding-left: 8px; }}
    #recent_menu {{ icon-size: 64px; }}
    #recent_menu::item {{ padding: 4px 28px 4px 14px; }}
    QToolTip {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.line};
                padding: 4px 6px; }}
    #top_bar, #tool_bar, #blend_panel, #side_panels {{ background: {c.desk}; }}
    #top_bar {{ border-bottom: 1px solid {c.line}; border-top: 1px solid {c.line}; }}
    #tool_bar {{ border-right: 1px solid {c.line}; }}
    #blend_panel, #side_panels {{ border-left: 1px solid {c.line}; }}
    #layers_panel QTreeView, #history_panel QListView, #past_panel QListView {{
        background: {c.surface}; border: 1px solid {c.line}; border-radius: 7px; padding: 3px;
        outline: none; }}
    #layers_panel QTreeView:focus, #history_panel QListView:focus,
    #past_panel QListView:focus {{ border-color: {c.accent}; }}
    #layers_panel QTreeView::item {{ height: 28px; color: {c.text}; border: none; }}
    #layers_panel QTreeView::item:hover {{ background: {c.hover}; }}
    #layers_panel QTreeView::item:selected {{ background: {c.soft}; color: {c.text}; }}
    #history_panel QListView::item {{ height: 24px; padding-left: 6px; }}
    QSplitter::handle {{ background: {c.line}; height: 1px; }}
    QStatusBar {{ background: {c.desk}; border-top: 1px solid {c.line}; color: {c.muted}; }}
    QStatusBar::item {{ border: none; }}
    QLabel[role="muted"] {{ color: {c.muted}; }}
    QLabel[role="title"] {{ font-weight: 600; font-size: 11pt; }}
    QFrame[role="rule"] {{ background: {c.line}; border: none; }}
    QToolButton, QPushButton {{ border: 1px solid transparent; border-radius: 7px;
        padding: 5px 10px; background: transparent; color: {c.text}; }}
    QToolButton[role="quiet"] {{ color: {c.muted}; }}
    QToolButton[shape="square"] {{ padding: 6px; }}
    QFileDialog QToolButton {{ padding: 4px; }}
    QToolButton:hover, QPushButton:hover {{ background: {c.hover}; }}
    QToolButton:pressed, QPushButton:pressed {{ background: {c.line}; }}
    QToolButton:checked {{ background: {c.soft}; }}
    QToolButton:focus, QPushButton:focus {{ border-color: {c.accent}; }}
    QToolButton:disabled, QPushButton:disabled {{ color: {c.disabled}; }}
    QToolButton::menu-indicator {{ image: none; }}
    QPushButton, QToolButton[role="field"] {{ background: {c.surface}; border-color: {c.line}; }}
    QPushButton:hover, QToolButton[role="field"]:hover {{ background: {c.hover}; }}
    QPushButton:focus, QToolButton[role="field"]:focus {{ border-color: {c.accent}; }}
    QToolButton[role="primary"], QPushButton[role="primary"] {{ background: {c.accent};
        border-color: {c.accent}; color: {c.on_accent}; font-weight: 600; }}
    QToolButton[role="primary"]:hover, QPushButton[role="primary"]:hover {{
        background: {QColor(c.accent).lighter(112).name()}; }}
    QToolButton[role="primary"]:focus, QPushButton[role="primary"]:focus {{
        border-color: {c.text}; }}
    QToolButton[role="primary"]:disabled, QPushButton[role="primary"]:disabled {{
        background: {c.hover}; border-color: {c.hover}; color: {c.disabled}; }}
    #proposal_bar, #welcome, #palette {{ background: {c.surface}; border: 1px solid {c.line};
        border-radius: 12px; }}
    #banner, #note {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: 9px; }}
    #banner {{ border-color: {c.bad}; }}
    QToolButton[role="fold"] {{ padding: 4px 0; margin-left: -9px; font-weight: 600; }}
    QToolButton[role="fold"]:checked {{ background: transparent; }}
    QToolButton[role="fold"]:hover {{ background: {c.hover}; }}
    QToolButton[role="fold"]:focus {{ border-color: {c.accent}; }}
    QToolButton[shape="small"] {{ padding: 3px; }}
    QToolButton[shape="arrow"] {{ padding: 6px 0; margin-left: -4px; }}
    #blend_area, #blend_content {{ background: {c.desk}; }}
    #code_list, #taught_list {{ background: {c.surface}; border: 1px solid {c.line};
        border-radius: 7px; }}
    #code_list:focus, #taught_list:focus {{ border-color: {c.accent}; }}
    QToolButton[role="picture"] {{ padding: 1px; border: 2px solid {c.line}; }}
    QToolButton[role="picture"]:hover {{ border-color: {c.disabled}; }}
    QToolButton[role="picture"]:checked {{ border-color: {c.accent}; }}
    QToolButton[role="pin"] {{ padding: 0; border-radius: 9px; background: {c.surface};
        border-color: {c.line}; }}
    QToolButton[role="pin"]:checked {{ background: {c.soft}; border-color: {c.accent}; }}
    #latent_map {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: 7px; }}
    #latent_map:focus {{ border-color: {c.accent}; }}
    QProgressBar {{ border: none; border-radius: 2px; background: {c.line}; }}
    QProgressBar::chunk {{ border-radius: 2px; background: {c.accent}; }}
    QToolButton[role="card"] {{ padding: 6px; color: {c.muted}; }}
    #palette QListView, #palette QListView::item {{ background: transparent; }}
    #palette QListView::item:selected {{ background: {c.soft}; }}
    QSpinBox, QDoubleSpinBox {{ min-height: 22px; }}
    QComboBox {{ min-height: 22px; padding: 4px 6px 4px 10px; border: 1px solid {c.line};
        border-radius: 6px; background: {c.surface}; }}
    QComboBox::drop-down {{ border: none; width: 24px; }}
    QComboBox::down-arrow {{ image: url("{arrow}"); }}
    QComboBox QAbstractItemView {{ border: 1px solid {c.line}; outline: none;
        selection-background-color: {c.soft}; selection-color: {c.text}; }}
    QCheckBox {{ border: 1px solid transparent; border-radius: 5px; padding: 3px; }}
    QCheckBox::indicator {{ width: 16px; height: 16px; border: 1px solid {c.muted};
        border-radius: 4px; background: {c.surface}; }}
    QCheckBox::indicator:checked {{ background: {c.accent}; border-color: {c.accent};
        image: url("{tick}"); }}
    QCheckBox::indicator:disabled {{ background: {c.hover}; border-color: {c.line}; }}
    QCheckBox::indicator:checked:disabled {{ background: {c.disabled}; }}
    QComboBox:focus, QCheckBox:focus {{ border-color: {c.accent}; }}
    QLineEdit, QSpinBox, QDoubleSpinBox {{ background: {c.surface}; border: 1px solid {c.line};
        border-radius: 6px; padding: 4px 6px; selection-background-color: {c.accent};
        selection-color: {c.on_accent}; }}
    QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QTreeView:focus {{
        border-color: {c.accent}; }}
    QSpinBox:disabled {{ color: {c.disabled}; }}
    QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button,
    QDoubleSpinBox::down-button {{ width: 0; border: none; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    #pages::item {{ padding: 6px 8px; }}
    QTreeView::item {{ padding: 3px 0; }}
    QTreeView {{ border: 1px solid {c.line}; border-radius: 6px; background: {c.surface}; }}
    QHeaderView::section {{ background: {c.desk}; border: none; padding: 4px 6px;
        border-bottom: 1px solid {c.line}; color: {c.muted}; }}
    QSlider:horizontal {{ min-height: 20px; }}
    QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {c.line}; }}
    QSlider::sub-page:horizontal {{ background: {c.accent}; border-radius: 2px; }}
    QSlider::handle:horizontal {{ width: 14px; height: 14px; margin: -6px 0; border-radius: 8px;
        background: {c.surface}; border: 2px solid {c.accent}; }}
    QSlider::handle:horizontal:focus {{ background: {c.soft}; border: 3px solid {c.accent}; }}
    QSlider::sub-page:horizontal:disabled {{ background: {c.line}; }}
    QSlider::handle:horizontal:disabled {{ border-color: {c.disabled}; }}
    QSlider[role="between"]::sub-page:horizontal {{ background: {c.line}; }}
    QScrollBar:vertical {{ width: 10px; background: transparent; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {c.line}; border-radius: 4px; min-height: 28px;
        margin: 1px; }}
    QScrollBar:horizontal {{ height: 10px; background: transparent; margin: 0; }}
    QScrollBar::handle:horizontal {{ background: {c.line}; border-radius: 4px; min-width: 28px;
        margin: 1px; }}
    QScrollBar::handle:hover {{ background: {c.disabled}; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
        width: 0; height: 0; background: transparent; }}
    QScrollArea, QListView {{ border: none; background: {c.surface}; }}
    QListView::item {{ border-radius: 7px; color: {c.text}; }}
    QListView::item:hover {{ background: {c.hover}; }}
    QListView::item:selected {{ background: {c.soft}; color: {c.text}; }}
    """
