"""Code on the disk: the .py file, and the file of arrays beside it where it needs one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cnn_explorer.files.code_files import archive_path, save_code
from cnn_explorer.network.code import Code
from cnn_explorer.network.sentence import Refused


def test_small_code_is_one_file(tmp_path: Path) -> None:
    save_code(tmp_path / "network.py", Code("x = 1  # 5×5\n", "keras", True))
    assert [each.name for each in tmp_path.iterdir()] == ["network.py"]
    assert (tmp_path / "network.py").read_text(encoding="utf-8") == "x = 1  # 5×5\n"


@pytest.mark.parametrize("name", ["network.py", "net.work.py", "网络.py", "network"])
def test_arrays_stand_beside_it_where_the_code_looks_for_them(tmp_path: Path, name: str) -> None:
    text = (
        "from pathlib import Path\nimport numpy as np\n"
        'with np.load(Path(__file__).with_suffix(".weights.npz")) as file:\n    kernel = file["kernel"]\n'
    )
    save_code(tmp_path / name, Code(text, "keras", True, {"kernel": np.arange(3, dtype=np.float32)}))
    assert archive_path(tmp_path / name).exists()
    variables = {"__file__": str(tmp_path / name)}
    exec((tmp_path / name).read_text(encoding="utf-8"), variables)
    assert list(variables["kernel"]) == [0, 1, 2]


def test_where_the_arrays_can_not_be_written_the_code_is_not(tmp_path: Path) -> None:
    (tmp_path / "network.weights.npz").mkdir()
    with pytest.raises(Refused, match=r"network\.weights\.npz was not saved"):
        save_code(tmp_path / "network.py", Code("x = 1\n", "keras", True, {"kernel": np.zeros(3, np.float32)}))
    assert not (tmp_path / "network.py").exists()
