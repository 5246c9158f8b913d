import os

from pipeline.discovery import discover, sha256_of


def test_folders_are_walked_in_name_order_and_each_file_comes_once(tmp_path):
    for name in ("b/2.pdf", "b/1.png", "a.md", ".git/x", "b/truth.jsonl", "b/.DS_Store"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    found = discover([tmp_path / "b" / "2.pdf", tmp_path, tmp_path / "nowhere.pdf"])
    names = [str(path.relative_to(tmp_path)) for path in found]
    assert names == ["b/2.pdf", "a.md", "b/1.png", "nowhere.pdf"]


def test_a_side_file_named_outright_is_read(tmp_path):
    assert discover([tmp_path / "x.json"]) == (tmp_path / "x.json",)


def test_hash_of_what_cannot_be_read_is_none(tmp_path):
    (tmp_path / "x").write_bytes(b"")
    assert sha256_of(tmp_path / "x").startswith("e3b0c442")
    assert sha256_of(tmp_path) is None


def test_a_pipe_is_never_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert sha256_of(tmp_path / "pipe") is None
    assert discover([tmp_path]) == (tmp_path / "pipe",)


def test_links_to_folders_are_followed_and_loops_end(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "x.pdf").touch()
    archive = tmp_path / "archive"
    (archive / "inner").mkdir(parents=True)
    (archive / "inner" / "up").symlink_to(archive)
    (archive / "inner" / "out").symlink_to(tmp_path / "elsewhere")
    assert discover([archive]) == (archive / "inner" / "out" / "x.pdf",)


def test_a_folder_that_may_not_be_listed_is_kept_to_be_named(tmp_path, monkeypatch):
    for name in ("closed", "open"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.pdf").touch()
    scandir = os.scandir

    def refuses(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuses)
    assert discover([tmp_path]) == (tmp_path / "open" / "x.pdf", tmp_path / "closed")


def test_names_that_no_file_can_have_are_kept(tmp_path):
    names = (tmp_path / ("x" * 300), tmp_path / "a\0b")
    assert discover(names) == names
    assert [sha256_of(name) for name in names] == [None, None]
