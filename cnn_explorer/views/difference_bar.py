"""Says that differences are shown, and ends it."""

from __future__ import annotations

from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session
from cnn_explorer.views.controls import describe
from cnn_explorer.views.notice_bar import NoticeBar
from cnn_explorer.views.shown_maps import shown_maps


class DifferenceBar(NoticeBar):
    """It is there while the session has a baseline."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "accent", lambda: session.show_differences(False))

    def redraw(self) -> None:
        session = self._session
        if session.baseline is None:
            self.show_words("", "")
            return
        waiting = session.evaluation is session.baseline
        text = tr("Waiting for a change") if waiting else tr("Difference to before")
        self.show_words(text, tr("Difference"))
        shown = shown_maps(session)
        others = sum(not shown.changes(index) for index in range(len(session.evaluation.maps)))
        partly = tr("{count} maps had another size before, and are shown as they are.", count=others)
        describe(self.text, text, partly if others else tr("After minus before, in every map"))

    def retranslate(self) -> None:
        self.name_end(tr("Dismiss"))
        describe(self.dismiss, tr("Dismiss"), tr("Show the maps' values again (D)"))
        self.redraw()
