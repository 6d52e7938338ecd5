"""All faults, in the order in which they are struck."""

from typing import Final

from tests.faults.database_faults import DATABASE_FAULTS
from tests.faults.gateway_faults import GATEWAY_FAULTS
from tests.faults.node_faults import NODE_FAULTS
from tests.faults.redis_faults import REDIS_FAULTS
from tests.faults.storm_fault import STORM

FAULTS: Final = (*NODE_FAULTS, *REDIS_FAULTS, *DATABASE_FAULTS, *GATEWAY_FAULTS, STORM)
