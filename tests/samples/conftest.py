import logging

import pytest

from samples.fonts import TYPEFACES, installed

logging.getLogger("fontTools").setLevel(logging.ERROR)


@pytest.fixture(autouse=True)
def _needs_chinese_fonts():
    if len(installed(TYPEFACES)) < len(TYPEFACES):
        packages = sorted(
            {f.package for f in TYPEFACES} - {f.package for f in installed(TYPEFACES)}
        )
        pytest.skip(f"typefaces are missing: apt-get install {' '.join(packages)}")
