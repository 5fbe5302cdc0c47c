"""The menus of recent drawings and of samples, filled when they open."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QMenu

from sketchstudio.system.language import tr
from sketchstudio.ui.dialogs.files import FileCommands
from sketchstudio.ui.recent import RecentFiles
from sketchstudio.ui.samples import samples


class FileMenus(QObject):
    """Keeps two menus up to date.

    Args:
        files: Opens what is chosen.
        recent: Files used lately.
        recent_menu: Lists them with their pictures.
        sample_menu: Lists the samples.
    """

    def __init__(
        self, files: FileCommands, recent: RecentFiles, recent_menu: QMenu, sample_menu: QMenu
    ) -> None:
        super().__init__(files)
        self._files = files
        self._recent = recent
        self._recent_menu = recent_menu
        self._sample_menu = sample_menu
        recent_menu.setObjectName("recent_menu")
        recent_menu.setToolTipsVisible(True)
        recent_menu.aboutToShow.connect(self._fill_recent)
        sample_menu.aboutToShow.connect(self._fill_samples)

    @Slot()
    def _fill_recent(self) -> None:
        menu = self._recent_menu
        menu.clear()
        for number, path in enumerate(self._recent.paths(), start=1):
            mark = f"&{number} " if number < 10 else ""
            entry = menu.addAction(mark + path.name.replace("&", "&&"))
            entry.setToolTip(str(path))
            entry.setIcon(QIcon(QPixmap.fromImage(self._recent.picture(path))))
            entry.setIconVisibleInMenu(True)
            entry.triggered.connect(partial(self._files.open_instead, path))
        if menu.isEmpty():
            menu.addAction(tr("No drawings yet")).setEnabled(False)
        else:
            menu.addSeparator()
            menu.addAction(tr("Clear This List")).triggered.connect(self._recent.clear)

    @Slot()
    def _fill_samples(self) -> None:
        menu = self._sample_menu
        menu.clear()
        for title, path in samples():
            menu.addAction(title).triggered.connect(partial(self._files.open_sample, path, title))
