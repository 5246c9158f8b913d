import json

import pytest
from click.testing import CliRunner
from PIL import Image, ImageDraw, ImageFont

from bench.places import in_rows
from bench.real import main
from bench.real_truth import read_truth
from extractors.geometry import BBox
from samples.fonts import NOTO_SANS, installed, metrics

SIZE = (1654, 2339)
"""A4 at 200 dpi, pixels."""
LINES = [("项目名称", 200, "question"), ("河道整治", 700, "answer")]
TOP, HEIGHT, FONT_SIZE = 400, 80, 40


def points(x, y=TOP + 20):
    return [[x, y], [x + 160, y], [x + 160, y + FONT_SIZE], [x, y + FONT_SIZE]]


def corners(x):
    return [*points(x)[0], *points(x)[2]]


@pytest.fixture
def real(tmp_path):
    """A folder like that of the real scans with one page, drawn here."""
    folder = tmp_path / "real"
    (folder / "images").mkdir(parents=True)
    lines = [{"transcription": t, "label": kind, "points": points(x)} for t, x, kind in LINES]
    (label, x, _), (value, at, kind) = LINES
    answer = {"t": value, "label": kind, "box": corners(at)}
    pairs = [{"q": label, "q_label": "question", "q_box": corners(x), "answers": [answer]}]
    for name, entry in (("lines", lines), ("pairs", pairs)):
        page = {"image": "a.png", name: entry}
        (folder / f"{name}.jsonl").write_text(json.dumps(page, ensure_ascii=False) + "\n", "utf-8")
    Image.new("RGB", SIZE, "white").save(folder / "images" / "a.png")
    return folder


def draw_form(path):
    image = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype(NOTO_SANS.path, FONT_SIZE, index=metrics(NOTO_SANS).face_index)
    for row in range(2):
        for x0, x1 in ((150, 600), (600, 1500)):
            y = TOP + row * HEIGHT
            pen.rectangle((x0, y, x1, y + HEIGHT), outline="black", width=3)
    for text, x, _ in LINES:
        pen.text((x, TOP + 20), text, fill="black", font=font, anchor="lt")
    image.save(path)


def test_truth_is_read_in_fractions_of_the_page(real):
    (page,) = read_truth(real)
    assert page.lines[0].bbox.x0 == pytest.approx(200 / SIZE[0])
    assert page.questions[0].joined == ("河道整治",)


def test_rows_are_told_apart_though_they_slope():
    boxes = [BBox(0.5, 0.11, 0.6, 0.13), BBox(0.1, 0.14, 0.2, 0.16), BBox(0.1, 0.1, 0.2, 0.12)]
    assert in_rows(boxes, lambda box: box) == [boxes[2], boxes[0], boxes[1]]


@pytest.mark.skipif(not installed([NOTO_SANS]), reason="the typeface is missing")
def test_the_command_writes_reports_errors_and_records(real, tmp_path):
    draw_form(real / "images" / "a.png")
    out = tmp_path / "out"
    result = CliRunner().invoke(main, ["--real", str(real), "--workers", "1", "--out", str(out)])
    assert result.exit_code == 0, result.output
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert report["pairs"]["whole"]["f1"] == 1.0
    assert report["text"]["cer"] == 0.0
    assert "| pairs: F1 | 100.00 % |" in (out / "report.md").read_text("utf-8")
    assert (out / "errors.txt").read_text("utf-8").startswith("page\tkind\tlabel\tvalue\tcause")
    assert (out / "records.jsonl").read_text("utf-8").startswith('{"kind": "unmatched"')
