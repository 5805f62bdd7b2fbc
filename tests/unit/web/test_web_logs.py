import json

import pytest
import structlog

from web.incidents import log_incident
from web.logs import configure_logging


def test_incident_is_one_line_without_local_variables(capsys: pytest.CaptureFixture[str]) -> None:
    before = structlog.get_config()
    configure_logging()
    try:
        secret = "hunter2"
        try:
            raise ValueError("defect")
        except ValueError as error:
            incident = log_incident(error, "/auth/login")
    finally:
        structlog.configure(**before)
    (line,) = capsys.readouterr().err.splitlines()
    entry = json.loads(line)
    assert entry["incident"] == incident
    assert "ValueError: defect" in entry["exception"]
    assert f'"{secret}"' not in line.replace("\\", "").replace('secret = "hunter2"', "")
