"""What the documents say is what the code does."""

import re
from pathlib import Path

import click
import pytest

from bench.database_page import PAGE, with_tables, with_views
from db.models import Base
from db.models.views import ABOUT, views
from db.queries import named_queries
from extractors.forms.definition import (
    ColumnDefinition,
    FieldDefinition,
    FieldType,
    FormDefinition,
    SumDefinition,
)
from normalizers.issues import IssueCode
from shenbao.cli.main import COMMANDS, main

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
READMES = ("README.md", "README.zh.md")
PAGES = sorted(
    [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), ROOT / "samples/README.md"],
    key=str,
)
OPTION = re.compile(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*|(?<![\w-])-[a-z](?![\w-])")


def commands():
    """``extract``, …, ``forms check``: every command that does something."""
    context = click.Context(main)
    for name in COMMANDS:
        command = main.get_command(context, name)
        if isinstance(command, click.Group):
            yield from ((f"{name} {sub}", c) for sub, c in command.commands.items())
        else:
            yield name, command


COMMAND_OPTIONS = {
    name: {opt for p in command.params if isinstance(p, click.Option) for opt in p.opts}
    for name, command in commands()
}


def sections(page, mark="## "):
    """Heading → text below it."""
    parts = re.split(rf"^{mark}", page, flags=re.M)[1:]
    return {p.split("\n", 1)[0]: p.split("\n", 1)[1] for p in parts}


def described_commands():
    found = {}
    for heading, text in sections((DOCS / "commands.md").read_text("utf-8")).items():
        match = re.fullmatch(r"`shenbao ([a-z]+(?: [a-z]+)?).*`", heading)
        assert match, f"{heading} names no command"
        found[match[1]] = text
    return found


def test_every_command_is_described_and_no_other():
    assert described_commands().keys() == COMMAND_OPTIONS.keys()


@pytest.mark.parametrize("name", COMMAND_OPTIONS)
def test_every_option_of_a_command_is_described_and_no_other(name):
    code = " ".join(re.findall(r"`([^`\n]+)`", described_commands()[name]))
    assert set(OPTION.findall(code)) == COMMAND_OPTIONS[name]


def test_options_of_the_group_are_described():
    head = (DOCS / "commands.md").read_text("utf-8").split("\n## ")[0]
    names = {opt for p in main.params for opt in p.opts} | {"-h", "--help"}
    assert set(OPTION.findall(head)) == names


def test_every_named_query_is_described_and_no_other():
    text = described_commands()["query"].split("Named queries:")[1]
    assert set(re.findall(r"`([a-z_]+)`", text)) == named_queries().keys()


@pytest.mark.parametrize("readme", READMES)
def test_readmes_show_every_command(readme):
    text = (ROOT / readme).read_text("utf-8")
    table = set(
        re.findall(r"`shenbao ([a-z]+(?: (?:list|check|draft|accept|dismiss|reopen))?)[ `]", text)
    )
    assert COMMAND_OPTIONS.keys() <= table


@pytest.mark.parametrize("page", [*READMES, "docs/database.md", "samples/README.md"])
def test_commands_that_pages_show_exist_with_their_options(page):
    text = (ROOT / page).read_text("utf-8")
    for line in re.findall(r"^(?:\$ )?shenbao (.*)$", text, re.M):
        words = line.split()
        name = " ".join(words[:2]) if words[0] in ("forms", "finding") else words[0]
        assert set(OPTION.findall(line)) <= COMMAND_OPTIONS[name], line


@pytest.mark.parametrize("page", [*READMES, "CHANGELOG.md", "docs/database.md"])
def test_make_targets_exist(page):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    text = (ROOT / page).read_text("utf-8")
    named = re.findall(r"`make ([a-z-]+)`", text) + re.findall(r"^make ([a-z-]+)", text, re.M)
    assert named
    assert set(named) <= targets


@pytest.mark.parametrize(
    ("heading", "model"),
    [
        ("The form", FormDefinition),
        ("A field", FieldDefinition),
        ("A column", ColumnDefinition),
        ("A sum", SumDefinition),
    ],
)
def test_every_key_of_a_definition_is_described_and_no_other(heading, model):
    text = sections((DOCS / "forms.md").read_text("utf-8"))[heading]
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.M)) == set(model.model_fields)


def test_every_field_type_is_described_and_no_other():
    text = sections((DOCS / "forms.md").read_text("utf-8"))["Types"]
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.M)) == {t.value for t in FieldType}


def test_the_form_shown_is_a_valid_one(tmp_path):
    from extractors.forms.loader import load_definition

    (shown,) = re.findall(r"```yaml\n(.*?)```", (DOCS / "forms.md").read_text("utf-8"), re.S)
    path = tmp_path / "sh_2019.yaml"
    path.write_text(shown, "utf-8")
    assert load_definition(path).id == "sh_2019"


def test_every_review_code_is_described_and_no_other():
    text = sections((DOCS / "records.md").read_text("utf-8"))["Review"]
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.M)) == {c.value for c in IssueCode}


def test_tables_of_the_database_are_those_of_the_models():
    page = PAGE.read_text("utf-8")
    assert with_tables(page) == page, "run `python -m bench.database_page`"
    assert all(column.doc for table in Base.metadata.tables.values() for column in table.c)


def test_views_of_the_database_are_described_column_by_column():
    page = PAGE.read_text("utf-8")
    assert with_views(page) == page, "run `python -m bench.database_page`"
    assert set(ABOUT) == set(views("sqlite"))


def test_steps_of_the_picture_path_are_modules():
    text = sections((DOCS / "method.md").read_text("utf-8"))["A picture into evidence"]
    steps = re.findall(r"^\d+\. \*\*.*?\*\* \(([^)]*)\)|order \((`\w+`)\)", text, re.M)
    names = re.findall(r"`([\w/.]+)`", " ".join(a + b for a, b in steps))
    assert len(names) > 10
    folder = ROOT / "extractors/picture"
    for name in names:
        assert (folder / f"{name}.py").exists() or (ROOT / name).exists(), name


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_relative_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[\w-]*)?\)", page.read_text("utf-8")):
        if not target.startswith(("http://", "https://")):
            assert (page.parent / target).exists(), target


def test_every_decision_is_listed():
    index = (DOCS / "decisions/README.md").read_text("utf-8")
    pages = {p.name for p in (DOCS / "decisions").glob("[0-9]*.md")}
    assert set(re.findall(r"\(([0-9][\w-]*\.md)\)", index)) == pages
