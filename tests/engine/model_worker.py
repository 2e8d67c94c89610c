"""Run as a program: open each file named on a line of stdin as a loader would, one by one, and say what came of it.

Files that were changed at random may crash HDF5's native code; then this process ends, and not the tests'.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"


def main() -> None:
    import keras  # noqa: F401 (its start is not the files')

    from cnn_explorer.network.sentence import Refused
    from tests.engine.model_opening import opened

    for line in sys.stdin:
        start = time.perf_counter()
        try:
            opened(Path(json.loads(line)))
            outcome, message = "ok", ""
        except Refused as refused:
            outcome, message = "refused", str(refused.sentence)
        except BaseException as error:
            outcome, message = "raised", repr(error)
        answer = {"outcome": outcome, "message": message, "seconds": time.perf_counter() - start}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
