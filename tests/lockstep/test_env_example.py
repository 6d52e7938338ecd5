import re

from lockstep.settings import ROOT, Settings

EXAMPLE = ROOT / ".env.example"


def test_the_example_lists_every_setting_and_its_default() -> None:
    listed = dict(re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE.read_text(), re.MULTILINE))
    assert set(listed) == {name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        default = (
            ""
            if field.is_required() or (not field.default and field.default is not False)
            else str(field.default).removeprefix(f"{ROOT}/")
        )
        assert listed[name.upper()] == {"True": "on", "10.0": "10"}.get(default, default), name


def test_there_are_few_enough_settings_to_read_them_all() -> None:
    assert len(Settings.model_fields) < 20
