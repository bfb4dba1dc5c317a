"""Words that stand in names of bodies, places and offices, in English and German: what bears them is no person."""

from typing import Final

OFFICE: Final = frozenset(
    [
        *("admin", "accounts", "applications", "billing", "clerk", "contact", "office", "enquiries", "hello", "help"),
        *("helpdesk", "hr", "info", "inquiries", "jobs", "careers", "legal", "mail", "media", "noreply", "no", "reply"),
        *("news", "newsletter", "orders", "permits", "planning", "postmaster", "press", "privacy", "sales", "security"),
        *("service", "services", "support", "team", "webmaster", "zoning", "abuse", "customer", "customerservice"),
        *("kontakt", "vertrieb", "kundenservice", "buchhaltung", "bewerbung", "datenschutz", "post", "poststelle"),
        *("rathaus", "bauamt", "zentrale", "verwaltung", "redaktion", "presse", "anfrage", "service", "oncall"),
    ]
)
"""Words of addresses that are an office's and nobody's own."""
BODY: Final = frozenset(
    [
        *("llc", "inc", "ltd", "plc", "corp", "co", "company", "limited", "partners", "partnership", "holdings", "lp"),
        *("group", "trust", "bank", "lending", "capital", "ventures", "properties", "property", "realty", "estates"),
        *("association", "assoc", "society", "foundation", "university", "college", "school", "church", "city", "town"),
        *("village", "county", "state", "department", "dept", "office", "agency", "authority", "board", "council"),
        *("commission", "committee", "team", "services", "service", "solutions", "systems", "technologies", "tech"),
        *("software", "labs", "studio", "studios", "works", "industries", "international", "global", "consulting"),
        *("management", "development", "developers", "builders", "construction", "homes", "housing", "insurance"),
        *("hospital", "clinic", "center", "centre", "library", "museum", "restaurant", "bakery", "cafe", "hotel"),
        *("gym", "store", "shop", "market", "pharmacy", "union", "club", "fund", "district", "borough", "division"),
        *("unit", "squad", "engineering", "operations", "finance", "legal", "marketing", "sales", "support"),
        *("platform", "security", "product", "data", "infrastructure", "reliability", "facilities", "procurement"),
        *("scope", "street", "road", "avenue", "way", "drive", "boulevard", "square", "hall", "house", "building"),
        *("tower", "park", "court", "private", "public", "vacant", "various", "unknown", "none", "new", "old", "the"),
        *(
            "accounting",
            "accountants",
            "advisors",
            "agents",
            "analytics",
            "architects",
            "attorneys",
            "brewery",
            "catering",
        ),
        *(
            "cleaning",
            "dental",
            "design",
            "electric",
            "energy",
            "farm",
            "farms",
            "foods",
            "garage",
            "health",
            "hardware",
        ),
        *("logistics", "lumber", "machines", "media", "networks", "nursery", "optical", "pizza", "plumbing", "repair"),
        *("robotics", "roofing", "salon", "supply", "theater", "theatre", "trading", "transport", "travel", "video"),
        *("gmbh", "ag", "kg", "ug", "ohg", "gbr", "ev", "eg", "se", "stadt", "gemeinde", "kreis", "amt", "verwaltung"),
        *(
            "stiftung",
            "genossenschaft",
            "immobilien",
            "abteilung",
            "betrieb",
            "kirche",
            "klinik",
            "praxis",
            "leerstand",
        ),
        *(
            "motors",
            "manual",
            "monitor",
            "plated",
            "edition",
            "segment",
            "sector",
            "business",
            "owner",
            "tenant",
            "applicant",
        ),
        *("contact", "patient", "employee", "not", "see", "same", "as", "pending", "available", "applicable", "full"),
    ]
)
"""Words that stand in names of bodies, places and things, and in no person's."""
LEGAL_FORMS: Final = frozenset(
    [
        "inc",
        "llc",
        "llp",
        "lp",
        "ltd",
        "limited",
        "plc",
        "corp",
        "co",
        "company",
        "gmbh",
        "ag",
        "kg",
        "ug",
        "se",
        "sa",
        "bv",
    ]
)
BODY_ENDS: Final = (
    *("bank", "amt", "werk", "werke", "bau", "verwaltung", "gesellschaft", "verein", "bäckerei", "handel", "dienst"),
    *("versicherung", "stadt", "schule", "abteilung", "kasse", "straße", "strasse", "allee", "platz", "weg"),
)
