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
