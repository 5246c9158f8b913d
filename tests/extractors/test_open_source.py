"""Files in: kind by content, every mode of picture, and a clear code for whatever is wrong."""

import io
import os
from contextlib import closing
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from fpdf import FPDF
from PIL import Image

from extractors.errors import InputFileError, LimitExceededError
from extractors.evidence import PageKind
from extractors.files.kind import FileKind, decode_text, sniff
from extractors.files.limits import Limits
from extractors.files.page import plausible_dpi
from extractors.files.source import open_source


def simple_pdf(text: str = "declaration 2019", pages: int = 1) -> bytes:
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_font("helvetica", size=11)
    for _ in range(pages):
        pdf.add_page()
        pdf.text(60, 60, text)
    return bytes(pdf.output())


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def noise(width: int = 300, height: int = 400) -> Image.Image:
    values = np.random.default_rng(3).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return Image.fromarray(values)


def locked_pdf() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_encryption(owner_password="owner", user_password="user")
    return bytes(pdf.output())


def empty_document() -> bytes:
    out = io.BytesIO()
    document = pypdfium2.PdfDocument.new()
    document.save(out)
    document.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (simple_pdf(), FileKind.PDF),
        (b"junk before\n" + simple_pdf(), FileKind.PDF),
        (encoded(noise(), "PNG"), FileKind.PICTURE),
        (encoded(noise(), "JPEG"), FileKind.PICTURE),
        (encoded(noise(), "TIFF"), FileKind.PICTURE),
        (encoded(noise(), "BMP"), FileKind.PICTURE),
        (encoded(noise(), "WEBP"), FileKind.PICTURE),
        ("项目名称\t甲".encode(), FileKind.MARKUP),
        ("项目名称\t甲".encode("gb18030"), FileKind.MARKUP),
        ("项目名称\t甲".encode("utf-16"), FileKind.MARKUP),
        (b"BM is how this text begins", FileKind.MARKUP),
    ],
)
def test_kind_is_decided_by_content_not_by_name(
    data: bytes, kind: FileKind, tmp_path: Path
) -> None:
    path = tmp_path / "名 称\n'奇怪'.docx"
    path.write_bytes(data)
    assert sniff(path) is kind


def test_control_characters_are_no_text() -> None:
    assert decode_text(b"abc\x00\x01def") is None
    assert decode_text("\ufeff表\r\n".encode()) == "表\r\n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (bytes(range(256)) * 4, "not_supported"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00", "not_supported"),
        (b"%PDF-1.7\n", "pdf_damaged"),
        (simple_pdf()[:-40], "pdf_damaged"),
        (simple_pdf(pages=3)[:900], "pdf_damaged"),
        (locked_pdf(), "pdf_encrypted"),
        (empty_document(), "pdf_no_pages"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image_damaged"),
    ],
)
def test_files_that_cannot_be_opened(data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "in.pdf"
    path.write_bytes(data)
    with pytest.raises(InputFileError) as caught:
        open_source(path)
    assert caught.value.code == code
    assert " / " in caught.value.message  # Chinese and English
    assert "in.pdf" in str(caught.value)


def test_missing_folder_and_broken_link(tmp_path: Path) -> None:
    (tmp_path / "link.pdf").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder.pdf").mkdir()
    cases = {
        "none.pdf": "file_missing",
        "link.pdf": "file_unreadable",
        "folder.pdf": "file_unreadable",
    }
    for name, code in cases.items():
        with pytest.raises(InputFileError) as caught:
            open_source(tmp_path / name)
        assert caught.value.code == code


def test_names_that_are_no_unicode(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.pdf"))
    try:
        path.write_bytes(b"")
    except OSError:
        pytest.skip("the file system wants Unicode names")
    with pytest.raises(InputFileError) as caught:
        open_source(path)
    str(caught.value).encode("utf-8")


@pytest.mark.parametrize(
    ("data", "limits", "code"),
    [
        (simple_pdf(pages=3), Limits(max_pages=2), "too_many_pages"),
        (simple_pdf(), Limits(max_file_bytes=100), "file_too_large"),
        (encoded(noise(), "PNG"), Limits(max_page_pixels=100_000), "page_too_large"),
        (encoded(noise(), "PNG"), Limits(max_page_pixels=50_000), "page_too_large"),
    ],
)
def test_limits(data: bytes, limits: Limits, code: str, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    with pytest.raises(LimitExceededError) as caught, closing(open_source(path, limits)) as source:
        source.page(1)
    assert caught.value.code == code


def test_a_page_of_200_inches_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    pdf = FPDF(unit="pt")
    pdf.set_font("helvetica", size=11)
    pdf.add_page(format=(14_400, 14_400))
    pdf.add_page(format=(595, 842))
    pdf.text(60, 60, "second page")
    path = tmp_path / "huge.pdf"
    path.write_bytes(bytes(pdf.output()))
    with closing(open_source(path)) as source:
        with pytest.raises(LimitExceededError) as caught:
            source.page(1)
        assert (caught.value.code, caught.value.page) == ("page_too_large", 1)
        assert source.page(2).kind is PageKind.DIGITAL


def test_rendering_beyond_the_pixel_budget_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(simple_pdf())
    with closing(open_source(path)) as source, pytest.raises(LimitExceededError):
        source.page(1).render(2000.0)


def test_bad_frames_of_a_tiff_do_not_stop_the_others(tmp_path: Path) -> None:
    path = tmp_path / "fax.tif"
    frames = [Image.new("1", (1, 1)), Image.new("1", (300, 400), 1)]
    path.write_bytes(
        encoded(Image.new("1", (300, 400)), "TIFF", save_all=True, append_images=frames)
    )
    with closing(open_source(path)) as source:
        assert source.page_count == 3
        assert source.page(1).render().pixels.max() == 0
        with pytest.raises(InputFileError) as caught:
            source.page(2)
        assert (caught.value.code, caught.value.page) == ("image_too_small", 2)
        assert source.page(3).render().pixels.min() == 255


def test_truncated_photograph(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    data = encoded(noise(), "JPEG")
    path.write_bytes(data[: len(data) // 2])
    with closing(open_source(path)) as source, pytest.raises(InputFileError) as caught:
        source.page(1).render()
    assert caught.value.code == "image_damaged"


@pytest.mark.parametrize(
    ("picture", "kind", "expected"),
    [
        (Image.new("1", (200, 300), 1), "PNG", 255),
        (Image.new("L", (200, 300), 128), "PNG", 128),
        (Image.new("RGBA", (200, 300), (0, 0, 0, 0)), "PNG", 255),
        (Image.new("LA", (200, 300), (0, 0)), "PNG", 255),
        (Image.new("CMYK", (200, 300), (0, 0, 0, 0)), "TIFF", 255),
        (Image.fromarray(np.full((300, 200), 65_535, dtype=np.uint16)), "PNG", 255),
        (Image.fromarray(np.full((300, 200), 32_768, dtype=np.uint16)), "TIFF", 128),
        (Image.new("RGB", (200, 300), (7, 7, 7)).quantize(), "GIF", 7),
    ],
)
def test_every_mode_becomes_rgb_over_white(
    picture: Image.Image, kind: str, expected: int, tmp_path: Path
) -> None:
    path = tmp_path / "p"
    path.write_bytes(encoded(picture, kind))
    with closing(open_source(path)) as source:
        pixels = source.page(1).render().pixels
    assert pixels.dtype == np.uint8
    assert pixels.shape == (300, 200, 3)
    assert set(np.unique(pixels)) == {expected}


def test_photographs_are_turned_as_their_camera_says(tmp_path: Path) -> None:
    picture = Image.new("RGB", (400, 300), "white")
    picture.paste("black", (0, 0, 40, 30))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright: turn clockwise
    path = tmp_path / "p.jpg"
    path.write_bytes(encoded(picture, "JPEG", exif=exif))
    with closing(open_source(path)) as source:
        pixels = source.page(1).render().pixels
    assert pixels.shape == (400, 300, 3)
    assert pixels[10, -10].max() < 60
    assert pixels[10, 10].min() > 200


@pytest.mark.parametrize(
    ("size", "stated", "expected"),
    [
        ((2480, 3508), 300.0, 300.0),
        ((3508, 2480), 300.0, 300.0),
        ((3000, 4000), 72.0, 3000 / 8.27),
        ((1654, 2339), None, 200.0),
    ],
)
def test_stated_resolution_counts_where_it_gives_a_sheet_of_paper(
    size: tuple[int, int], stated: float | None, expected: float
) -> None:
    assert plausible_dpi(*size, stated) == pytest.approx(expected, rel=0.001)


@pytest.mark.parametrize(("size", "dpi"), [((1654, 2339), 200), ((827, 1170), 150)])
def test_scans_are_rendered_at_their_own_resolution(
    size: tuple[int, int], dpi: int, tmp_path: Path
) -> None:
    pdf = FPDF(unit="pt", format="A4")
    pdf.add_page()
    pdf.image(noise(*size), 0, 0, 595.28, 841.89)
    path = tmp_path / "scan.pdf"
    path.write_bytes(bytes(pdf.output()))
    with closing(open_source(path)) as source:
        page = source.page(1)
        assert page.kind is PageKind.PICTURE
        assert page.render().dpi == pytest.approx(dpi, abs=1)


@pytest.mark.parametrize(
    ("size", "paper"),
    [((1654, 2339), (595.44, 842.04)), ((1399, 1978), (667.07, 943.15)), ((1100, 700), (500, 318))],
)
def test_pixels_of_a_scan_come_out_as_they_were_filed(
    size: tuple[int, int], paper: tuple[float, float], tmp_path: Path
) -> None:
    """Paper is seldom a whole number of pixels wide; drawn a pixel wider, print would blur."""
    scan = noise(*size)
    pdf = FPDF(unit="pt", format=paper)
    pdf.add_page()
    pdf.image(scan, 0, 0, *paper)
    path = tmp_path / "scan.pdf"
    path.write_bytes(bytes(pdf.output()))
    with closing(open_source(path)) as source:
        assert np.array_equal(source.page(1).render().pixels, np.asarray(scan))


def test_a_point_for_each_pixel_is_still_a_sheet_of_paper(tmp_path: Path) -> None:
    pdf = FPDF(unit="pt", format=(3000, 4000))
    pdf.add_page()
    pdf.image(noise(1500, 2000), 0, 0, 3000, 4000)
    path = tmp_path / "phone.pdf"
    path.write_bytes(bytes(pdf.output()))
    with closing(open_source(path)) as source:
        image = source.page(1).render()
    assert image.pixels.shape[1] == pytest.approx(1500, abs=2)
    assert image.dpi == pytest.approx(1500 / 8.27, abs=1)


def test_filled_in_form_fields_are_part_of_the_page(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(_form_with_field("HELLO"))
    with closing(open_source(path)) as source:
        page = source.page(1)
        assert page.kind is PageKind.DIGITAL
        assert "HELLO" in "".join(g.text for g in page.content.glyphs)  # type: ignore[union-attr]


def _form_with_field(value: str) -> bytes:
    """A one-page form with one text field, its appearance included."""
    appearance = f"/Tx BMC q BT /F 12 Tf 2 5 Td ({value}) Tj ET Q EMC".encode()
    font = b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    field = (
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (" + value.encode() + b") /F 4 "
        b"/Rect [50 50 200 70] /P 3 0 R /DA (/F 12 Tf) /AP << /N 5 0 R >> >>"
    )
    stream = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 150 20] /Resources "
        + font
        + b" /Length %d >>\nstream\n%s\nendstream" % (len(appearance), appearance)
    )
    page_text = b"BT /F 12 Tf 50 300 Td (label) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] /DR " + font + b" >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Annots [4 0 R] /Contents 6 0 R "
        b"/Resources " + font + b" >>",
        field,
        stream,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page_text), page_text),
    ]
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % o for o in offsets)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(out)
