"""Files that go wrong, each in its own way, made from nothing."""

import io
import os
import socket
import zlib
from pathlib import Path

from fpdf import FPDF
from PIL import Image
from samples_at_hand import COMMITTED

FORM = """上海市财政支出项目绩效目标申报表

(2021年)

申报单位名称：青浦区湿地保护中心

项目名称\t{name}
项目类型\t结转项目 <input type="checkbox"/> 其他一次性项目 <input checked="" type="checkbox"/>
开始时间\t2021 年 3 月 1 日\t结束时间\t2021年 12 月 31 日
项目概况\t修复芦苇荡两处，补种本地水生植物。
项目总预算（元）\t1,250,000.50\t项目当年预算（元）\t1000000

\t子项目名称\t\t预算金额（元）
项目当年投入资金构成\t补种\t\t800000
\t巡护\t\t

一级指标\t二级指标\t三级指标\t指标目标值
产出目标\t数量目标\t补种面积\t≥85%
"""
HUGE_PT = 14_400  # the largest page that PDF allows
BOMB_SIDE_PX = 20_000


def form(name: str = "芦苇荡修复") -> bytes:
    return FORM.format(name=name).encode()


def prose_pdf(pages: int = 3, **settings: str) -> bytes:
    pdf = FPDF()
    pdf.set_font("helvetica", size=12)
    if settings:
        pdf.set_encryption(**settings)
    for number in range(pages):
        pdf.add_page()
        pdf.multi_cell(0, 8, f"Chapter {number + 1}. " + "Some prose that goes on. " * 40)
    return bytes(pdf.output())


def other_form_pdf() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=12)
    pdf.cell(0, 12, "VEHICLE REGISTER", align="C", new_x="LMARGIN", new_y="NEXT")
    with pdf.table() as table:
        for label in ("Keeper", "Number plate", "Make", "Colour", "Bought on"):
            table.row([label, f"{label} of this one"])
    return bytes(pdf.output())


def plain_pdf(*sides_pt: int) -> bytes:
    """A PDF written by hand, with a blank square page for each side length."""
    kids = " ".join(f"{number} 0 R" for number in range(3, 3 + len(sides_pt)))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    objects += [f"<< /Type /Pages /Kids [{kids}] /Count {len(sides_pt)} >>"]
    objects += [f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {s} {s}] >>" for s in sides_pt]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out + trailer.encode()


def pdf_with_broken_page(number: int) -> bytes:
    """Three pages, one of them an object that is no page."""
    whole = bytearray(prose_pdf())
    at = -1
    for _ in range(number):
        at = whole.index(b"/Type /Page\n", at + 1)
    whole[at : at + 11] = b"/Type /Junk"
    return bytes(whole)


def pdf_with_broken_content(number: int) -> bytes:
    """Three pages, the content of one of them overwritten."""
    whole = bytearray(prose_pdf())
    at = 0
    for _ in range(number):
        at = whole.index(b">>\nstream\n", at + 1)
    start = at + len(b">>\nstream\n")
    whole[start : start + 60] = b"\xff" * 60
    return bytes(whole)


def pdf_with_broken_scan() -> bytes:
    """A page that is one JPEG whose head is overwritten."""
    out = io.BytesIO()
    Image.effect_noise((600, 800), 80).save(out, "PDF")
    whole = bytearray(out.getvalue())
    start = whole.index(b"\xff\xd8\xff")
    whole[start : start + 100] = b"\xee" * 100
    return bytes(whole)


def png(size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("L", size, 255).save(out, "PNG")
    return out.getvalue()


def bomb_png() -> bytes:
    """400 megapixels in some kilobytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        check = zlib.crc32(name + body)
        return len(body).to_bytes(4, "big") + name + body + check.to_bytes(4, "big")

    side = BOMB_SIDE_PX.to_bytes(4, "big")
    rows = zlib.compress(bytes((BOMB_SIDE_PX // 8 + 1) * BOMB_SIDE_PX), 1)
    head = chunk(b"IHDR", side + side + b"\x01\x00\x00\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def tiff_with_broken_second_page() -> bytes:
    """A scanned declaration of one page, and a page whose strips are overwritten."""
    noise = Image.effect_noise((1000, 1400), 80)
    with Image.open(COMMITTED / "decl_18_clean.tif") as scan:
        first = scan.convert("L").resize((scan.width * 2 // 3, scan.height * 2 // 3))
    out = io.BytesIO()
    first.save(
        out,
        "TIFF",
        save_all=True,
        append_images=[noise],
        compression="tiff_deflate",
        dpi=(200, 200),
    )
    whole = bytearray(out.getvalue())
    with Image.open(io.BytesIO(whole)) as pages:
        pages.seek(1)
        offsets, lengths = pages.tag_v2[273], pages.tag_v2[279]
    for offset, length in zip(offsets, lengths, strict=True):
        whole[offset : offset + length] = b"\xee" * length
    return bytes(whole)


def make_entries_that_are_no_files(folder: Path) -> None:
    os.mkfifo(folder / "pipe.pdf")
    (folder / "gone.pdf").symlink_to(folder / "nowhere.pdf")
    (folder / "itself.pdf").symlink_to(folder / "itself.pdf")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    end = socket.socket(socket.AF_UNIX)
    end.bind(os.path.relpath(folder / "socket.pdf"))  # a socket's name may have 107 bytes at most
    end.close()
