"""The ground of the journeys, on a server whose certificates carry its own address."""

import pytest

from tests.journeys.ground import Ground, the_ground


@pytest.fixture
def ground(transactional_db: None, live_server, settings) -> Ground:
    settings.PUBLIC_BASE_URL = live_server.url
    return the_ground()
