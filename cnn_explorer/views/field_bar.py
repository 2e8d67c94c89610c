"""Says how large the pinned receptive field is, and lets it go."""

from __future__ import annotations

from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session
from cnn_explorer.views.controls import describe
from cnn_explorer.views.notice_bar import NoticeBar
from cnn_explorer.views.overview_marks import marks_of
from cnn_explorer.views.overview_words import field_text, pin_text, region_size, stride_text


class FieldBar(NoticeBar):
    """It is there while the session has a pin."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "input", lambda: session.pin(None))

    def redraw(self) -> None:
        session = self._session
        marks = None if session.pinned is None else marks_of(session.evaluation, session.pinned)
        if marks is None:
            self.show_words("", "")
            return
        text = short = tr("Reach of a pixel")
        if marks.fields:
            size, stride = region_size(marks.fields[0]), stride_text(marks)
            text = tr("Field {size} · stride {stride}", size=size, stride=stride)
            short = tr("Field {size}", size=size)
        self.show_words(text, short)
        describe(self.text, text, pin_text(session.evaluation, marks.pin) + field_text(marks))

    def retranslate(self) -> None:
        self.name_end(tr("Let go"))
        describe(self.dismiss, tr("Let the receptive field go"), tr("No longer mark the receptive field (P)"))
        self.redraw()
