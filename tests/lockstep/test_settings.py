from ipaddress import ip_network

import pytest

from lockstep.settings import EmbeddedSettings, Settings, SettingsError, read_settings
from lockstep.settings_fields import origin_of

GOOD = {
    "DATABASE_URL": "postgres://ada:k9-Xv2@db.example/lockstep",
    "REDIS_URL": "redis://:p7-Qw1@cache.example:6379/0",
    "SECRET_KEY": "Zt8vQ2mXw4Lr6Ns1Kp9Yb3Hc7Jd5Gf0A",
    "PUBLIC_URL": "https://Lockstep.Example/",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in (*Settings.model_fields, *GOOD):
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_a_full_environment_is_read(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("PORT", "9000")
    environment.setenv("RATE_LIMITS", "off")
    environment.setenv("TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.1")

    settings = read_settings(Settings)

    assert settings.database_url == "postgresql+asyncpg://ada:k9-Xv2@db.example/lockstep"
    assert settings.port == 9000
    assert settings.rate_limits is False
    assert settings.trusted_proxies == (ip_network("10.0.0.0/8"), ip_network("192.0.2.1/32"))
    assert settings.is_https


def test_an_empty_variable_counts_as_not_set(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("PORT", "")
    assert read_settings(Settings).port == 8000


def test_the_public_address_and_the_extra_ones_are_the_allowed_origins(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.setenv("EXTRA_ORIGINS", "http://localhost:5173, https://board.example:443")
    assert read_settings(Settings).allowed_origins == {
        "https://lockstep.example",
        "http://localhost:5173",
        "https://board.example",
    }


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_node_does_not_start_without(environment: pytest.MonkeyPatch, name: str) -> None:
    environment.delenv(name)
    with pytest.raises(SettingsError, match=f"^{name} is not set, and it has no default\\.$"):
        read_settings(Settings)


def test_the_embedded_form_starts_with_nothing_set(environment: pytest.MonkeyPatch) -> None:
    for name in GOOD:
        environment.delenv(name)
    assert read_settings(EmbeddedSettings).database_url is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "70000"),
        ("PORT", "eighty"),
        ("DATABASE_URL", "mysql://ada:k9-Xv2@db.example/lockstep"),
        ("DATABASE_URL", "postgresql://ada:postgres@db.example/lockstep"),
        ("REDIS_URL", "cache.example:6379"),
        ("REDIS_URL", "redis://:changeme@cache.example"),
        ("REDIS_URL", "redis+cluster://:changeme@cache-1.example,cache-2.example"),
        ("REDIS_URL", "redis+cluster://cache-1.example,cache-2.example/3"),
        ("REDIS_URL", "redis://cache-1.example:6379,cache-2.example:6379"),
        ("SECRET_KEY", "Zt8vQ2mXw4Lr6Ns1Kp9Yb3Hc7Jd5Gf0"),
        ("SECRET_KEY", "abcabcabcabcabcabcabcabcabcabcabcabcabc"),
        ("PUBLIC_URL", "board.internal"),
        ("PUBLIC_URL", "https://*.example"),
        ("PUBLIC_URL", "https://lockstep.example/boards"),
        ("PUBLIC_URL", "https://ada:k9-Xv2@lockstep.example"),
        ("EXTRA_ORIGINS", "https://board.example,*"),
        ("TRUSTED_PROXIES", "everyone"),
        ("LOG_FORMAT", "xml"),
        ("RATE_LIMITS", "maybe"),
        ("DRAIN_SECONDS", "-1"),
    ],
)
def test_a_bad_value_is_refused_by_name_and_never_shown(environment: pytest.MonkeyPatch, name: str, value: str) -> None:
    environment.setenv(name, value)

    with pytest.raises(SettingsError) as caught:
        read_settings(Settings)

    message = str(caught.value)
    assert message.startswith(f"{name} ")
    assert message.endswith(".")
    assert value not in message
    assert caught.value.__suppress_context__


def test_every_bad_setting_gets_its_own_sentence(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("PORT", "0")
    environment.delenv("SECRET_KEY")
    with pytest.raises(SettingsError) as caught:
        read_settings(Settings)
    assert [line.split()[0] for line in str(caught.value).splitlines()] == ["PORT", "SECRET_KEY"]


def test_a_well_known_password_is_accepted_on_this_machine_alone(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DATABASE_URL", "postgresql://postgres:postgres@localhost/lockstep")
    assert read_settings(Settings).database_url.endswith("@localhost/lockstep")


def test_libpq_s_name_for_the_tls_mode_is_understood(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DATABASE_URL", "postgresql://ada@db.example/lockstep?sslmode=require")
    assert read_settings(Settings).database_url.endswith("/lockstep?ssl=require")


def test_no_secret_shows_when_the_settings_are_printed(environment: pytest.MonkeyPatch) -> None:
    shown = repr(read_settings(Settings))
    assert not [secret for secret in (GOOD["SECRET_KEY"], "k9-Xv2", "p7-Qw1") if secret in shown]


def test_settings_cannot_be_changed_after_reading(environment: pytest.MonkeyPatch) -> None:
    settings = read_settings(Settings)
    with pytest.raises(ValueError, match="frozen"):
        settings.port = 1  # type: ignore[misc]  # the point of the test


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://Lockstep.Example:443/x?y", "https://lockstep.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:80/", "http://[::1]"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(url: str, origin: str) -> None:
    assert origin_of(url) == origin


def test_a_node_of_a_test_can_be_told_where_to_end(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("FAULT_POINTS", "committed:3")
    environment.setenv("PUBLIC_URL", "http://127.0.0.1:8000")
    assert read_settings(Settings).fault_points == {"committed": 3}


@pytest.mark.parametrize("address", ["https://lockstep.example", "http://10.0.0.5:8000"])
def test_a_node_in_production_refuses_fault_points(environment: pytest.MonkeyPatch, address: str) -> None:
    environment.setenv("FAULT_POINTS", "committed:3")
    environment.setenv("PUBLIC_URL", address)
    with pytest.raises(SettingsError, match=r"^FAULT_POINTS ends nodes on purpose, so it is only for tests"):
        read_settings(Settings)


@pytest.mark.parametrize("points", ["committed", "committed:0", "committed:x", "elsewhere:1", "committed:1,,x"])
def test_a_fault_point_has_a_name_and_a_count(environment: pytest.MonkeyPatch, points: str) -> None:
    environment.setenv("FAULT_POINTS", points)
    environment.setenv("PUBLIC_URL", "http://localhost")
    with pytest.raises(SettingsError, match=r"^FAULT_POINTS must be a point and a count, such as committed:1"):
        read_settings(Settings)
