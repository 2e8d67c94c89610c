"""What is on the X clipboard: `python -m tests.journeys.clipboard` prints it as text."""

from __future__ import annotations

import sys

from PySide6.QtGui import QGuiApplication

if __name__ == "__main__":
    application = QGuiApplication(sys.argv)
    sys.stdout.write(QGuiApplication.clipboard().text())
