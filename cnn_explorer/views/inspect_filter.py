"""What one filter is for: the textbook kernel it is like, an image made for it, and the digits that excite it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cnn_explorer.files.digits import digit_image
from cnn_explorer.network.document import Image
from cnn_explorer.network.findings import Excitement, Inquiry, Liking, insist_on_map
from cnn_explorer.network.numbers import short_text
from cnn_explorer.network.reasons import grouped
from cnn_explorer.network.sentence import Refused, say
from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session
from cnn_explorer.views.controls import button, describe, label, line
from cnn_explorer.views.filter_work import FilterWork
from cnn_explorer.views.inspect_subject import Subject
from cnn_explorer.views.inspect_textbook import Textbook
from cnn_explorer.views.patch_strip import MOST, PatchStrip
from cnn_explorer.views.small_picture import SmallPicture
from cnn_explorer.views.theme import Scale

PICTURE_SIDE = 132


class Likes(FilterWork):
    """Draws the image that the filter answers to most, while it comes into being."""

    kind = "like"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._found: Liking | None = None
        self.picture = SmallPicture(PICTURE_SIDE)
        self.answer = label()
        self.answer.setWordWrap(True)
        self.answer.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.use = button(self._use)
        side = QVBoxLayout()
        side.addWidget(self.answer)
        side.addStretch(1)
        side.addWidget(self.use)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.picture)
        row.addLayout(side, 1)
        self.column.addLayout(row)
        self.retranslate()
        self.show_found(None)

    def inquiry(self, subject: Subject) -> Inquiry:
        """Asks for an image of the size of the input."""
        arguments = {"place": subject.place, "number": subject.filter}
        return Inquiry("like", subject.network, subject.document.image.shape, arguments)

    def show_found(self, found: Liking | None) -> None:
        """Show the picture as it is now."""
        self._found = found
        self.use.setEnabled(found is not None)
        if found is None:
            self.picture.show_values(None, Scale("ink", 0.0, 1.0))
            self.answer.setText("")
            return
        self.picture.show_image(self._image(found))
        values = {"value": short_text(found.value), "begun": short_text(found.begun), "steps": found.steps}
        self.answer.setText(tr("Answers with {value}; to noise with {begun}. Step {steps}.", **values))

    def _image(self, found: Liking) -> Image:
        rows, columns, channels = found.picture.shape
        light = self._session.document.image.light
        source = "28x28" if (rows, columns, channels) == (28, 28, 1) else "file"
        return Image(found.picture, source, light=light)

    def _use(self) -> None:
        if self._found is not None:
            self._session.edit_image(self._image(self._found), say("Use what a filter likes best as the input"))

    def retranslate(self) -> None:
        """Set every text."""
        self.heading.setText(tr("What it likes best"))
        self.words.setText(tr("A picture made for it, by gradient ascent on the pixels."))
        self.work.set_text(
            tr("Draw what it likes best"),
            tr("From noise, every pixel is changed in the direction that raises the filter's answer, again and again"),
        )
        self.use.setText(tr("Use as input"))
        describe(self.use, self.use.text(), tr("Make this picture the network's input"))
        self.show_found(self._found)


class Excites(FilterWork):
    """Looks through the digits for the patches that the filter answers to most."""

    kind = "excite"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.strip = PatchStrip()
        self.strip.chosen.connect(self._use)
        self.strip.pointed.connect(self.pointed)
        self.column.addWidget(self.strip)
        session.inspection.changed.connect(self.retranslate)
        self.retranslate()

    def key_of(self, subject: Subject) -> tuple[Any, ...]:
        """Other digits are others to be found."""
        return (*super().key_of(subject), self._session.inspection.images)

    def inquiry(self, subject: Subject) -> Inquiry:
        """Asks for the images with the largest outputs."""
        data, channels = self._session.inspection.images, subject.document.image.shape[2]
        if data is None:
            raise Refused(say("There are no digits to look through; open MNIST first."))
        insist_on_map(subject.network, data.shape(channels), subject.index)
        arguments = {"place": subject.place, "number": subject.filter, "most": MOST}
        return Inquiry("excite", subject.network, data.shape(channels), arguments, data=data)

    def show_found(self, found: Excitement | None) -> None:
        """Show the patches found so far."""
        self.strip.show_found(found, self._session.inspection.images)

    def _use(self, at: int) -> None:
        inspection, subject = self._session.inspection, self.subject
        if inspection.digits is None or inspection.images is None or subject is None or self.strip.count == 0:
            return
        index = inspection.images.first + at
        image = digit_image(inspection.digits, index, self._session.document.image.shape[2])
        self._session.edit_image(image, say("MNIST digit {digit}", digit=self._label(index)))

    def _label(self, index: int) -> str:
        digits = self._session.inspection.digits
        return "?" if digits is None or digits.labels is None else str(int(digits.labels[index]))

    def retranslate(self) -> None:
        """Set every text; how many digits there are is part of it."""
        data = self._session.inspection.images
        self.heading.setText(tr("What excites it"))
        self.words.setText(tr("The patches that it answers to most. A click makes the digit the input."))
        self.work.setVisible(data is not None)
        count = grouped(len(data.images)) if data is not None else ""
        self.work.set_text(
            tr("Look through {count} digits", count=count), tr("Find the digits in which this filter answers most")
        )
        self.strip.retranslate()


class InspectFilter(QWidget):
    """The page: three sections about one filter."""

    pointed = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.textbook, self.likes, self.excites = Textbook(session), Likes(session), Excites(session)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (self.textbook, line(), self.likes, line(), self.excites):
            column.addWidget(part)
        column.addStretch(1)
        for section in (self.likes, self.excites):
            section.pointed.connect(self.pointed)

    def show_subject(self, subject: Subject) -> None:
        """Show a filter."""
        self.textbook.show_subject(subject)
        self.likes.show_subject(subject)
        self.excites.show_subject(subject)

    def retranslate(self) -> None:
        """Set every text."""
        self.likes.retranslate()
        self.excites.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
