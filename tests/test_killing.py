"""What tests start is started as they say."""

from killing import not_loaded


def test_what_processes_are_to_share_is_imported_before_they_are_forked() -> None:
    assert [] == not_loaded()
