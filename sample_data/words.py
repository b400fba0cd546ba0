"""Names, titles and sentences of the invented market. Every company and person is made up.

Comes in: nothing. Goes out: word lists that `northwind.py` and `notes.py` draw from.
"""

from __future__ import annotations

FIRST_PARTS = (
    "Alder", "Amber", "Anchor", "Aspen", "Beacon", "Birch", "Blue", "Bright", "Cedar", "Clear", "Cobalt", "Copper",
    "Coral", "Delta", "Ember", "Falcon", "Fern", "Flint", "Golden", "Granite", "Harbor", "Hazel", "Iron", "Juniper",
    "Lark", "Linden", "Lunar", "Maple", "Meridian", "Mint", "North", "Oak", "Onyx", "Opal", "Pine", "Quartz", "Raven",
    "Ridge", "River", "Rowan", "Sable", "Silver", "Solar", "Stone", "Summit", "Tidal", "Umber", "Vale",
    "Willow", "Zephyr",
)
SECOND_PARTS = (
    "bank", "bay", "bridge", "brook", "cliff", "crest", "dale", "field", "ford", "forge", "gate", "grove", "haven",
    "hill", "lane", "light", "line", "mark", "mill", "path", "peak", "point", "port", "reach", "shore", "spring",
    "stead", "view", "ward", "water", "way", "well", "wick", "wood", "works", "yard",
)
LAST_PARTS = ("Ltd", "GmbH", "Inc", "AB", "Labs", "Group", "Partners", "Co", "Systems", "Holdings")
OWNERS = ("Ana Ruiz", "Ben Okafor", "Chloe Martin", "Dev Patel", "Eva Lindqvist", "Finn Weber", "Grace Kim")
FIRST_NAMES = (
    "Aisha", "Alex", "Bruno", "Camille", "Carla", "Daniel", "Elena", "Emil", "Farah", "George", "Hanna", "Ivan",
    "Jonas",
    "Julia", "Karim", "Laura", "Liam", "Maria", "Mei", "Nadia", "Noah", "Olga", "Omar", "Paula", "Petra", "Rahul",
    "Sofia", "Tomas", "Vera", "Yusuf",
)
LAST_NAMES = (
    "Abbott", "Berg", "Castro", "Dahl", "Eriksen", "Fischer", "Garcia", "Haas", "Ito", "Jansen", "Keller", "Lopez",
    "Meyer", "Novak", "Olsen", "Petrov", "Quinn", "Rossi", "Santos", "Tanaka", "Ullman", "Vogel", "Walsh",
    "Xu", "Young",
)

# By planted segment; the last entry is everybody else.
JOB_TITLES: tuple[tuple[str, ...], ...] = (
    ("VP Engineering", "Head of Risk", "Chief Technology Officer", "Data Platform Lead"),
    ("Head of E-commerce", "CRM Manager", "Chief Marketing Officer", "Growth Lead"),
    ("Chief Information Officer", "Head of Patient Services", "Integration Architect", "Director of Procurement"),
    ("Managing Director", "Office Manager", "Head of Sales", "Marketing Manager", "IT Manager", "Operations Manager",
     "Chief Technology Officer", "CRM Manager"),
)

LOST_REASONS: tuple[dict[str, float], ...] = (
    {"Price too high": .42, "No budget owner": .3, "No resources to implement": .16, "Went silent": .12},
    {"Missing technical requirements": .4, "Exploring for two quarters": .25, "Undefined success metrics": .2,
     "Procurement stopped it": .15},
    {"Lost to competitor": .3, "Bad timing": .22, "Price too high": .18, "No decision": .18, "Went silent": .12},
)
CHURN_REASONS = ("Slow adoption", "Unclear return", "Price too high", "Heavy support needs")

# (source, sentences) by planted segment.
SEGMENT_NOTES: tuple[tuple[str, ...], ...] = (
    ("They opened a second market and alerts could not keep up; our streaming connector was live in two weeks.",
     "The risk team wants every signal in Snowflake before the morning stand-up.",
     "After the Series B the board asked for real-time fraud alerts; that started the search.",
     "Their engineers read the API docs before the first call. Decision by VP Engineering and Head of Risk.",
     "Biggest worry was data residency; the audit report settled it.",
     "Success for them is minutes from event to alert, and fewer false alarms."),
    ("Peak season broke their old tool; they want repeat orders, not more traffic.",
     "Shopify and Klaviyo had to work on day one, and did.",
     "A sister brand referred them. The CRM Manager built the first audience alone in an afternoon.",
     "They measure us by repeat purchase rate and revenue per send.",
     "Asked whether we slow down the storefront; the benchmark answered it.",
     "New owners want one view of customers across five shops before the next season."),
    ("Missed appointments cost them most; reminders from Epic data cut no-shows by a fifth.",
     "Integration architect joined every call; the Epic connector decided it.",
     "Procurement takes a quarter, yet once in they roll out to every hospital.",
     "They merged with a second group and need one record per patient contact.",
     "Compliance asked for audit logs first; with these in place objections ended.",
     "Goal is fewer no-shows and shorter phone queues."),
    ("Happy with reporting, would like more templates.", "Wants a yearly plan next time.",
     "Uses it mostly for weekly reports.", "Asked for a training session for new colleagues."),
)
BAD_NOTES: tuple[tuple[str, ...], ...] = (
    ("Nobody owns a budget; the founder liked the demo and could not pay for it.",
     "They run everything in spreadsheets and had no one to set it up.",
     "Too small: price was more than their whole tool budget.",
     "Never got past the import; no resources to implement."),
    ("Must run on-premises behind their firewall, which we cannot do.",
     "Exploring for two quarters, no success metrics, no decision-maker in the room.",
     "Procurement asked for custom hosting and a fixed price for five years.",
     "Heavy support demands: a ticket for every report, custom exports each month."),
)
