import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from ui.theme import populate_from_kept, populate_from_settings, read_theme_once

SECTIONS = ("theme.light", "theme.dark", "theme.sidebar", "theme.light.sidebar")


@pytest.mark.parametrize("section", ["theme", *SECTIONS])
def test_the_kept_theme_is_the_one_that_streamlit_reads(section: str) -> None:
    config.get_config_options()
    for _ in range(2):
        kept, fresh = CustomThemeConfig(), CustomThemeConfig()
        populate_from_kept(kept, section)
        populate_from_settings(fresh, section)
        assert kept == fresh


def test_a_section_that_is_not_set_stays_unset() -> None:
    whole = CustomThemeConfig()
    populate_from_kept(whole.sidebar, "theme.sidebar")
    assert not whole.HasField("sidebar")


def test_reading_once_is_what_the_server_then_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_session, "_populate_theme_msg", populate_from_settings)
    read_theme_once()
    assert vars(app_session)["_populate_theme_msg"] is populate_from_kept
