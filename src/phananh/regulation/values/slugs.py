"""The slugs of the enums of request.py as literal types: a type checker refuses `kind="nope"`.

A test compares each with its enum.
"""

from typing import Literal

KindSlug = Literal[
    "information", "regulation", "conduct", "proposal", "service", "complaint", "denunciation"
]
ChannelSlug = Literal["phone", "portal", "email", "message"]
RoleSlug = Literal[
    "citizen",
    "operator",
    "officer",
    "provider",
    "leadership",
    "agency",
    "agency_head",
    "office",
    "system",
]
StateSlug = Literal[
    "received", "rejected", "escalated", "pending_verification", "overdue", "answered", "closed"
]
ReasonSlug = Literal[
    "complaint_or_denunciation",
    "outside_article_4",
    "unclear",
    "not_vietnamese",
    "no_name",
    "no_contact",
    "out_of_competence",
]
