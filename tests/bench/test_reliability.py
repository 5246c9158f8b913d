from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest

from bench.calibrate import fitted
from bench.reliability import reliability_svg
from normalizers.calibration import Curve
from pipeline.evaluate.confidence import Bin

SVG = "{http://www.w3.org/2000/svg}"


def test_dots_of_a_calibrated_reader_lie_on_the_diagonal() -> None:
    bins = [Bin(0.5, 0.7, 10, 0.6, 0.6), Bin(0.99, 1.0, 1000, 0.997, 0.997)]
    root = ElementTree.fromstring(reliability_svg(bins, title="seeds"))
    side = float(root.attrib["width"])
    dots = [{k: float(v) for k, v in d.attrib.items() if k in {"cx", "cy", "r"}}
            for d in root.iter(f"{SVG}circle")]  # fmt: skip
    assert all(d["cx"] == pytest.approx(side - d["cy"], abs=0.2) for d in dots)
    assert dots[0]["r"] < dots[1]["r"]


def test_curve_of_an_overconfident_reader_draws_its_claims_down() -> None:
    random = np.random.default_rng(7)
    claimed = random.uniform(0.5, 0.999, 4000)
    truth = Curve(0.7, -0.5)
    claims = [(float(c), float(random.random() < truth(c))) for c in claimed]
    curve = fitted(claims)
    assert all(curve(c) == pytest.approx(truth(c), abs=0.03) for c in (0.6, 0.8, 0.9, 0.99))


def test_few_values_leave_claims_as_they_are() -> None:
    curve = fitted([(0.9, 1.0), (0.99, 1.0)])
    assert curve(0.9) == pytest.approx(0.9, abs=0.02)


def test_inverse_gives_back_what_was_claimed() -> None:
    curve = Curve(0.8, 0.3)
    assert curve.inverse(curve(0.93)) == pytest.approx(0.93)
