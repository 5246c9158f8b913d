"""Values of a declaration as pairs."""

from bench.known_pairs import known_pairs


def test_values_stand_under_the_first_label_of_their_field():
    texts = {
        "project_name": "河道清淤",
        "indicators/0/level1": "产出目标",
        "indicators/1/level1": "产出目标",
        "indicators/0/target": "100%",
        "indicators/1/target": "100%",
    }
    record = {"form": "sh_2019", "evidence": {path: {"raw": t} for path, t in texts.items()}}
    assert [(pair.label, pair.value) for pair in known_pairs(record)] == [
        ("项目名称", "河道清淤"),
        ("一级指标", "产出目标"),
        ("指标目标值", "100%100%"),
    ]
