"""A draft as YAML, with a remark at everything that a person should look at."""

from __future__ import annotations

from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from extractors.forms.draft.model import DraftColumn, DraftField, DraftForm

_HEAD = """\
由样本第 {pages} 页起草，请逐项核对；改完运行 shenbao forms check 检查
Drafted from a sample, page {pages}: look at every entry, then run shenbao forms check.
id 与文件名相同；键名用小写字母；标签可补写别的写法；必填的加 required: true
id: the file's name; keys: small letters; labels: as many spellings as there are;
required: true where a blank needs a person; exclusive: true where one box is to be ticked."""
_NO_TITLE = "样本上没有找到标题，请写在这里 / no title was found on the sample: write it here"
_UNTITLED = "未命名的表"
_TITLES = "印刷标题的各种写法 / spellings of the printed title"
# Indent of the entries of a list, and of the keys within them.
_LIST_INDENT = 2
# Long labels and options stay on one line.
_LINE_WIDTH = 400


def draft_yaml(form: DraftForm, form_id: str) -> str:
    """The text of a definition's file.

    Args:
        form: The draft.
        form_id: Its id, for a person to change.
    """
    root = CommentedMap()
    root["id"] = form_id
    root["version"] = 1
    root["name"] = form.title or _UNTITLED
    root["titles"] = CommentedSeq([form.title or _UNTITLED])
    if form.headings:
        root["headings"] = _flow(form.headings)
    root["fields"] = CommentedSeq([_field(f) for f in form.fields])
    pages = ", ".join(map(str, form.pages))
    root.yaml_set_start_comment(_HEAD.format(pages=pages))
    root.yaml_set_comment_before_after_key("titles", before=_TITLES if form.title else _NO_TITLE)
    for number, field in enumerate(form.fields):
        root["fields"].yaml_set_comment_before_after_key(
            number, before=_remark(field), indent=_LIST_INDENT
        )
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=_LIST_INDENT)
    yaml.width = _LINE_WIDTH
    out = StringIO()
    yaml.dump(root, out)
    return out.getvalue()


def _remark(field: DraftField) -> str:
    notes = "；".join(note.value for note in dict.fromkeys(field.notes))
    where = f"第 {field.page} 页 / page {field.page}"
    return f"{where}：{notes}" if notes else where


def _field(field: DraftField) -> CommentedMap:
    entry = CommentedMap(key=field.key, type=field.type.value)
    if field.place == "heading":
        entry["place"] = field.place
    if field.label:
        entry["labels"] = _flow([field.label])
    if field.unit:
        entry["unit"] = field.unit
    if field.options:
        entry["options"] = CommentedSeq(field.options)
    if field.totals:
        entry["totals"] = _flow(field.totals)
    if field.columns:
        entry["columns"] = CommentedSeq([_column(c) for c in field.columns])
    return entry


def _column(column: DraftColumn) -> CommentedMap:
    entry = CommentedMap(key=column.key)
    entry["type"] = column.type.value
    entry["labels"] = _flow([column.label])
    if column.unit:
        entry["unit"] = column.unit
    if column.merged:
        entry["merged"] = True
    if column.known:
        entry["known"] = CommentedSeq(column.known)
    return entry


def _flow(words: list[str] | tuple[str, ...]) -> CommentedSeq:
    found = CommentedSeq(words)
    found.fa.set_flow_style()
    return found
