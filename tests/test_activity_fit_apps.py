"""What apps and straps add to a FIT file: developer fields, and heart rate that was stored elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from fit_tool.base_type import BaseType
from fit_tool.developer_field import DeveloperField
from fit_tool.fit_file_builder import FitFileBuilder
from fit_tool.profile.messages.developer_data_id_message import DeveloperDataIdMessage
from fit_tool.profile.messages.field_description_message import FieldDescriptionMessage
from fit_tool.profile.messages.file_id_message import FileIdMessage
from fit_tool.profile.messages.hr_message import HrMessage
from fit_tool.profile.messages.record_message import RecordMessage

from hipwise.activity._fit import read_fit
from hipwise.activity._run import Run

START = datetime(2030, 5, 1, 8, 0, tzinfo=UTC)
STRYD, OTHER = bytes(range(16)), bytes(range(16, 32))


def message(kind: type[Any], *developer: DeveloperField, **fields: Any) -> Any:
    made = kind(local_id=LOCAL.index(kind), developer_fields=list(developer) or None)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


LOCAL = (FileIdMessage, RecordMessage, HrMessage, FieldDescriptionMessage, DeveloperDataIdMessage)


def ms(seconds: float) -> int:
    return round((START.timestamp() + seconds) * 1000)


def read(*messages: Any) -> Run:
    builder = FitFileBuilder(auto_define=True)
    builder.add_all([message(FileIdMessage, type=4, manufacturer=1), *messages])
    (run,) = read_fit(builder.build_bytes(), "run.fit")
    return run


def column(run: Run, name: str) -> list[float | None]:
    return run.samples[name].to_list()


def notes(run: Run) -> set[str]:
    return {note.text.removeprefix("activity.") for note in run.notes}


def records(count: int, **columns: float) -> list[Any]:
    return [message(RecordMessage, timestamp=ms(index), **columns) for index in range(count)]


def described(number: int, name: str, unit: str, *, index: int = 0, base: BaseType = BaseType.UINT16) -> Any:
    return message(
        FieldDescriptionMessage,
        developer_data_index=index,
        field_definition_number=number,
        fit_base_type_id=base.value,
        field_name=name,
        units=unit,
    )


def app(application: bytes, index: int = 0) -> Any:
    return message(DeveloperDataIdMessage, developer_data_index=index, application_id=application)


def with_fields(at_s: int, **values: tuple[int, int, float]) -> Any:
    """A record with developer fields: name=(index, number, value)."""
    fields = []
    for name, (index, number, value) in values.items():
        field = DeveloperField(
            developer_data_index=index, field_id=number, name=name, base_type=BaseType.UINT16, size=2
        )
        field.set_value(0, value)
        fields.append(field)
    return message(RecordMessage, *fields, timestamp=ms(at_s), power=250)


def test_fields_of_an_app_stand_beside_the_native_ones_with_their_unit() -> None:
    run = read(
        app(STRYD),
        described(0, "Power", "Watts"),
        *[with_fields(i, p=(0, 0, 260)) for i in range(3)],
    )
    assert column(run, "power_w") == [250, 250, 250]
    assert column(run, "dev_00010203_0_power") == [260, 260, 260]
    assert dict(run.column_sources)["dev_00010203_0_power"] == f"Power [Watts] {STRYD.hex()}"


def test_two_apps_with_the_same_name_keep_their_own_columns() -> None:
    run = read(
        app(STRYD),
        app(OTHER, 1),
        described(0, "Power", "W"),
        described(0, "Power", "W", index=1),
        *[with_fields(i, a=(0, 0, 260), b=(1, 0, 300)) for i in range(3)],
    )
    assert column(run, "dev_00010203_0_power") == [260, 260, 260]
    assert column(run, "dev_10111213_0_power") == [300, 300, 300]


def test_a_field_described_anew_is_another_column_from_there_on() -> None:
    run = read(
        app(STRYD),
        with_fields(0, x=(0, 0, 1)),
        described(0, "Old", "a"),
        with_fields(1, x=(0, 0, 2)),
        described(0, "Old", "a"),
        with_fields(2, x=(0, 0, 3)),
        app(OTHER),
        described(0, "New", "b"),
        with_fields(3, x=(0, 0, 4)),
    )
    assert column(run, "dev_00010203_0_old") == [1, 2, 3, None]
    assert column(run, "dev_10111213_0_new") == [None, None, None, 4]


def test_a_description_that_is_replaced_before_any_value_names_no_column() -> None:
    run = read(app(STRYD), described(0, "Old", "a"), described(0, "New", "b"), with_fields(0, x=(0, 0, 4)))
    assert [name for name in run.samples.columns if name.startswith("dev_")] == ["dev_00010203_0_new"]


def test_an_app_without_an_id_and_a_field_without_a_name_keep_their_numbers() -> None:
    run = read(described(3, "", ""), *[with_fields(i, x=(0, 3, 7)) for i in range(2)])
    assert column(run, "dev_index0_3_unnamed") == [7, 7]


def test_a_field_that_no_one_describes_is_left_out_with_a_note() -> None:
    run = read(app(STRYD), *[with_fields(i, x=(0, 3, 7)) for i in range(2)])
    assert not [name for name in run.samples.columns if name.startswith("dev_")]
    assert "fit_developer_unknown" in notes(run)


def test_a_field_described_with_another_size_is_left_out_with_a_note() -> None:
    wrong = described(3, "x", "y", base=BaseType.FLOAT32)
    run = read(app(STRYD), wrong, *[with_fields(i, x=(0, 3, 7)) for i in range(2)])
    assert "fit_developer_unknown" in notes(run)


def test_heart_rate_that_the_strap_stored_fills_the_gaps() -> None:
    anchor = message(HrMessage, timestamp=ms(0), event_timestamp=[100.0], filtered_bpm=[120])
    later = message(HrMessage, event_timestamp=[101.0, 102.0, 103.0], filtered_bpm=[121, 122, 0])
    run = read(*records(12, power=200), anchor, later)
    assert column(run, "heart_rate_bpm")[:3] == [120, 121, 122]
    assert column(run, "heart_rate_bpm")[7:] == [122] + [None] * 4
    assert dict(run.column_sources)["heart_rate_bpm"] == "strap"


def test_heart_rate_of_a_strap_without_any_time_is_left_out() -> None:
    lost = message(HrMessage, event_timestamp=[101.0], filtered_bpm=[121])
    assert "heart_rate_bpm" not in read(*records(2), lost).samples.columns
