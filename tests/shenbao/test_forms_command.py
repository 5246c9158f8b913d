import sys
from types import ModuleType, SimpleNamespace

from extractors.forms.definition import FieldType
from extractors.forms.draft.model import DraftField, DraftForm
from normalizers.records import Failure

DEFINITION = """
id: test_form
version: 3
name: 试验表
titles: [试验申报表]
fields:
  - {key: project_name, type: text, labels: [项目名称]}
"""


def test_check_accepts_a_right_definition(run, tmp_path):
    (tmp_path / "test_form.yaml").write_text(DEFINITION, encoding="utf-8")
    result = run("forms", "check", tmp_path / "test_form.yaml")
    assert result.exit_code == 0
    assert "test_form v3" in result.output


def test_check_names_file_and_line(run, tmp_path):
    wrong = DEFINITION.replace("version: 3", "version: three")
    (tmp_path / "test_form.yaml").write_text(wrong, encoding="utf-8")
    result = run("forms", "check", tmp_path / "test_form.yaml")
    assert result.exit_code == 2
    assert "test_form.yaml:3" in result.stderr


def test_list_shows_forms_of_ones_own(run, tmp_path):
    (tmp_path / "test_form.yaml").write_text(DEFINITION, encoding="utf-8")
    output = run("forms", "list", "--forms", tmp_path).output
    assert "试验表" in output


def test_a_folder_without_forms_is_an_error(run, tmp_path):
    assert run("forms", "list", "--forms", tmp_path).exit_code == 2


def test_check_prints_all_complaints_and_lets_warnings_pass(run, tmp_path):
    path = tmp_path / "other_name.yaml"
    path.write_text(DEFINITION, encoding="utf-8")
    result = run("forms", "check", path)
    assert result.exit_code == 0
    assert "other_name.yaml:2: 注意 / warning" in result.stderr
    path.write_text(DEFINITION.replace("key: project_name", "key: 名"), encoding="utf-8")
    result = run("forms", "check", path)
    assert result.exit_code == 2
    assert "other_name.yaml:2" in result.stderr
    assert "other_name.yaml:7: 错误 / error" in result.stderr


def test_draft_of_a_sample_without_a_table_says_so(run, tmp_path, monkeypatch):
    drafting = SimpleNamespace(
        form=None, failures=(Failure("page_broken", "坏页", 2),), page_count=2
    )
    stand_in(monkeypatch, drafting)
    (tmp_path / "a.pdf").write_bytes(b"x")
    result = run("forms", "draft", tmp_path / "a.pdf")
    assert result.exit_code == 3
    assert "no ruled table" in result.stderr
    assert "page_broken" in result.stderr
    assert result.stdout == ""


def test_draft_names_pages_it_did_not_use(run, tmp_path, monkeypatch):
    field = DraftField("title", FieldType.TITLE, "", 2, "heading")
    drafting = SimpleNamespace(form=DraftForm("某表", (field,), (2,)), failures=(), page_count=3)
    stand_in(monkeypatch, drafting)
    (tmp_path / "a.pdf").write_bytes(b"x")
    result = run("forms", "draft", tmp_path / "a.pdf", "--out", tmp_path / "某表.yaml")
    assert result.exit_code == 0
    assert "not used: 1, 3" in result.stderr
    assert "id: my_form" in (tmp_path / "某表.yaml").read_text("utf-8")


def stand_in(monkeypatch, drafting):
    module = ModuleType("pipeline.drafting")
    module.draft_layout = lambda path, options: drafting
    monkeypatch.setitem(sys.modules, "pipeline.drafting", module)
