"""The CRMs whose exports are known by name, one file each. A new one is a file here and its name in
`DIALECTS`.
"""

from icp_engine.intake.columns.dialects.dynamics import DYNAMICS
from icp_engine.intake.columns.dialects.hubspot import HUBSPOT
from icp_engine.intake.columns.dialects.model import Dialect, Guide
from icp_engine.intake.columns.dialects.pipedrive import PIPEDRIVE
from icp_engine.intake.columns.dialects.salesforce import SALESFORCE
from icp_engine.intake.columns.dialects.zoho import ZOHO

__all__ = ["DIALECTS", "GUIDES", "Dialect", "Guide"]

DIALECTS: tuple[Dialect, ...] = (HUBSPOT, SALESFORCE, PIPEDRIVE, ZOHO, DYNAMICS)
GUIDES: tuple[Guide, ...] = tuple(known.guide for known in DIALECTS if known.guide is not None)
