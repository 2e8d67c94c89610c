"""A learned kernel beside the textbook's that is most like it; and the kernel on loan to the 7×7 example."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cnn_explorer.network.numbers import digits_for
from cnn_explorer.network.textbook import nearest
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.views.controls import button, describe, label
from cnn_explorer.views.inspect_subject import Subject
from cnn_explorer.views.kernel_loan import Loan, can_be_lent, give_back, lend
from cnn_explorer.views.small_picture import SmallPicture
from cnn_explorer.views.theme import Scale

KERNEL_SIDE = 84


class Textbook(QWidget):
    """A channel's kernel beside the textbook's that is most like it; and the kernel on loan to the 7×7 example."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._subject: Subject | None = None
        self._loan: Loan | None = None
        self.heading, self.which = label("heading"), label("quiet")
        self.learned, self.known = SmallPicture(KERNEL_SIDE), SmallPicture(KERNEL_SIDE)
        self.like = QLabel("≈")
        self.sentence, self.does, self.origin = label(), label("quiet"), label("quiet")
        self.lend, self.back = button(self._lend), button(self._give_back)
        for text in (self.which, self.sentence, self.does, self.origin):
            text.setWordWrap(True)
        self._lay_out()

    def _lay_out(self) -> None:
        pictures = QHBoxLayout()
        pictures.setSpacing(8)
        for part in (self.learned, self.like, self.known):
            pictures.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        pictures.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.heading)
        column.addWidget(self.which)
        column.addLayout(pictures)
        for below in (self.sentence, self.does, self.lend, self.origin, self.back):
            column.addWidget(below)

    def show_subject(self, subject: Subject) -> None:
        """Show the kernel of a filter's channel."""
        self._subject = subject
        kernel = subject.kernel
        match = nearest(kernel)
        scale = Scale.of_signed(kernel)
        self.heading.setText(tr("Nearest textbook kernel"))
        channels = subject.weights.shape[2]
        self.which.setText(tr("Channel {number} of {count}", number=subject.channel + 1, count=channels))
        self.which.setVisible(channels > 1)
        self.learned.show_values(kernel, scale, digits_for(kernel))
        self.known.show_values(None if match is None else match.weights, scale, digits_for(kernel))
        for part in (self.like, self.known):
            part.setVisible(match is not None)
        self.sentence.setText(tr("Only 3×3 kernels are compared.") if match is None else translated(match.sentence()))
        self.does.setText("" if match is None else translated(match.preset.does))
        self._show_loan(subject)

    def _show_loan(self, subject: Subject) -> None:
        loan = self._loan
        out = loan is not None and loan.is_out(self._session)
        self.lend.setVisible(not out and can_be_lent(subject))
        for part in (self.origin, self.back):
            part.setVisible(out)
        if loan is not None and out:
            self.origin.setText(translated(loan.text()))
        self.lend.setText(tr("Try it on the 7×7 example"))
        describe(self.lend, self.lend.text(), tr("Step this kernel over the worked example; Undo comes back"))
        self.back.setText(tr("Put it back into its layer"))
        describe(self.back, self.back.text(), tr("Back to the network, with this kernel as it is now in its place"))

    def _lend(self) -> None:
        if self._subject is not None:
            self._loan = lend(self._session, self._subject)

    def _give_back(self) -> None:
        if self._loan is not None and self._loan.is_out(self._session):
            give_back(self._session, self._loan)
