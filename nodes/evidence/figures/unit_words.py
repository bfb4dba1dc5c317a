"""The spellings of units, one name a unit: words in eight languages, and what SI and trade write as symbols."""

import re
from typing import Final

from quire.nodes.evidence.figures.currencies import SPELLED

_WORDS: Final = {
    "percent": "percent pct prozent procent percento パーセント",
    "permille": "permille promille",
    "percentage point": "pp prozentpunkt prozentpunkte prozentpunkten procentpunt procentpunten 个百分点 個百分點",
    "basis point": "bps bp basispunkt basispunkte basispunkten basispunt basispunten 基点 个基点 個基點",
    "dollar": "dollar dollars dólar dólares dollari 美元 ドル 米ドル",
    "euro": "euro euros 欧元 歐元 ユーロ",
    "cent": "cent cents céntimos centesimi centimes centavos",
    "CHF": "franken francs franchi sfr 瑞士法郎",
    "JPY": "yen yens yenes ienes 円 日元 日圓",
    "CNY": "yuan yuans yuanes 元 人民币 人民幣 人民元 renminbi",
    "INR": "rupee rupees rupie rupien rupias roupies roepie ルピー 卢比 盧比",
    "KRW": "won 원",
    "BRL": "reais レアル 雷亚尔 雷亞爾",
    "foot": "foot feet ft fuß pieds",
    "inch": "inch inches zoll",
    "yard": "yard yards yd yds",
    "mile": "mile miles mi meilen milles millas miglia",
    "meter": "meter meters metre metres metern mètre mètres metro metros metri メートル 米",
    "kilometer": "kilometer kilometers kilometre kilometres kilometern kilomètre kilomètres kilómetro kilómetros"
    " chilometro chilometri quilómetros quilômetros キロメートル 公里 千米",
    "centimeter": "centimeter centimeters centimetre centimetres zentimeter centimètres centímetros centimetri"
    " 厘米 公分 センチメートル センチ",
    "millimeter": "millimeter millimeters millimetre millimetres millimètres milímetros millimetri"
    " 毫米 ミリメートル ミリ",
    "acre": "acre acres ac",
    "hectare": "hectare hectares ha hektar hektare hektaren hectárea hectáreas ettaro ettari 公顷 公頃 ヘクタール",
    "gram": "gram grams gramme grammes gramm gramos grammi gramas 克 グラム",
    "kilogram": "kilogram kilograms kilogramm kilogramme kilogrammes kilogramos chilogrammi quilogramas"
    " キログラム 公斤 千克",
    "milligram": "毫克 ミリグラム",
    "tonne": "tonne tonnes tonnen tonelada toneladas tonnellata tonnellate トン 吨",
    "ton": "ton tons",
    "pound": "pound pounds lb lbs",
    "ounce": "ounce ounces oz",
    "gallon": "gallon gallons gal",
    "barrel": "barrel barrels bbl",
    "bushel": "bushel bushels",
    "pint": "pint pints",
    "quart": "quart quarts",
    "carat": "carat carats karat",
    "horsepower": "horsepower",
    "liter": "liter liters litre litres litern litro litros litri リットル 升 公升",
    "milliliter": "毫升 ミリリットル",
    "kilowatt": "kilowatt kilowatts 千瓦 キロワット",
    "megawatt": "megawatt megawatts mégawatts megavatios 兆瓦 百萬瓦 百萬瓦特 メガワット",
    "gigawatt": "吉瓦 ギガワット",
    "kilowatt_hour": "kilowattheures kilovatios-hora chilowattora kilowattuur"
    " 千瓦时 千瓦時 千瓦小时 千瓦小時 キロワット時",
    "kilovolt": "千伏 キロボルト",
    "volt": "volt volts 伏 伏特 ボルト",
    "watt": "watt watts 瓦 瓦特 ワット",
    "degree": "degree degrees grad degrés grados gradi graus",
    "decibel": "decibel decibels dezibel",
    "footcandle": "footcandle footcandles foot-candle foot-candles fc",
    "millisecond": "millisecond milliseconds ms millisekunden",
    "second": "second seconds sec secs sekunde sekunden seconde secondes segundo segundos secondi 秒",
    "minute": "minute minutes min mins minuten minuto minutos minuti minuut 分钟 分間",
    "hour": "hour hours hr hrs stunde stunden std heure heures hora horas ora ore uur uren 小时 時間",
    "day": "day days tag tage tagen tages jour jours día días giorno giorni dag dagen dia dias 日間 天 日間",
    "week": "week weeks woche wochen semaine semaines semana semanas settimana settimane weken 周 週間",
    "month": "month months monat monate monaten monats mois mes meses mese mesi maand maanden mês mths mnd"
    " 个月 個月 か月 ヶ月 カ月",
    "year": "year years yr yrs jahr jahre jahren jahres an ans année années año años anno anni jaar jaren ano anos"
    " 年間",
    "space": "space spaces stall stalls",
    "unit": "unit units dwelling dwellings",
    "bedroom": "bedroom bedrooms bed-room bed-rooms",
    "room": "room rooms zimmer",
    "story": "story stories storey storeys",
    "family": "family families",
    "seat": "seat seats",
    "employee": "employee employees",
    "person": "person persons people personen personnes personas persone pessoas einwohner einwohnern habitants"
    " habitantes abitanti inwoners 人 名",
    "lot": "lot lots",
    "tree": "tree trees",
    "vehicle": "vehicle vehicles car cars",
    "building": "building buildings",
    "lane": "lane lanes",
    "request": "request requests",
    "error": "error errors",
    "user": "user users",
    "customer": "customer customers",
    "byte": "byte bytes",
    "megabyte": "megabyte megabytes",
    "gigabyte": "gigabyte gigabytes",
    "terabyte": "terabyte terabytes",
    "times": "times mal fois veces volte keer vezes 倍",
}

PHRASES: Final[tuple[tuple[str, str], ...]] = (
    ("percentage point", (r"percentage[\s-]points?\b|%[\s-]?(?:points?|punkte?n?|punten)\b|points?\s+de\s+pourcentage\b"
     r"|puntos?\s+porcentual(?:es)?\b|punt[oi]\s+percentual[ei]\b|pontos?\s+percentua(?:l|is)\b|パーセントポイント")),
    ("basis point", (r"basis[\s-]points?\b|points?\s+de\s+base\b|puntos?\s+b[áa]sicos?\b|punt[oi]\s+base\b"
     r"|pontos?[\s-]base\b")),
    ("percent", r"%|per\s+cent\b|pour\s+cent\b|por\s+c(?:iento|ento)\b|per\s+cento\b|v\.\s?h\."),
    ("permille", r"‰"),
    ("cent", r"¢"),
    ("square foot", (r"square[\s-]+(?:feet|foot)\b|sq\.?\s*-?\s*(?:ft|feet|foot)\b\.?|s\.\s?f\.|sf\b|sqft\b"
     r"|ft(?:2\b|²)")),
    ("square meter", (r"square[\s-]+met(?:er|re)s?\b|sq\.?\s*m\b\.?|m(?:2\b|²|\^2)|sqm\b|qm\b|quadratmetern?\b"
     r"|mètres\s+carrés|metros\s+cuadrados|metri\s+quadr(?:at)?i|vierkante\s+meter|metros\s+quadrados"
     r"|平方米|平方公尺|平方メートル|平米")),
    ("square kilometer", (r"square[\s-]+kilomet(?:er|re)s?\b|km(?:2\b|²)|quadratkilometern?\b"
     r"|平方キロメートル|平方公里")),
    ("square inch", r"square\s+inch(?:es)?\b|sq\.?\s*in\b\.?"),
    ("square yard", r"square\s+yards?\b|sq\.?\s*yds?\b\.?"),
    ("square mile", r"square\s+miles?\b|sq\.?\s*mi\b\.?"),
    ("cubic foot", r"cubic\s+(?:feet|foot)\b|cu\.?\s*ft\b\.?|cfs?\b"),
    ("cubic yard", r"cubic\s+yards?\b|cu\.?\s*yds?\b\.?"),
    ("cubic meter", r"cubic\s+met(?:er|re)s?\b|m(?:3\b|³)|cbm\b|kubikmetern?\b|立方米|立方メートル"),
    ("millimeter_Hg", r"millimet(?:er|re)s?\s+of\s+mercury\b|mm\s?Hg\b|millimeter\s+quecksilber(?:säule)?\b"),
    ("nautical mile", r"nautical\s+miles?\b"),
    ("mile per hour", r"miles\s+per\s+hour\b|mph\b"),
    ("foot", r"['\u2032\u2019](?!\w)|['\u2032\u2019](?=\d{1,2}\s?[\"\u2033])"),
    ("inch", r"in\.(?=\W|$)|\u2033|\"(?!\w)"),
    ("decibel", r"dBA?\(A\)|dBA?(?!\w)"),
    ("degree Celsius", (r"°\s?C(?!\w)|degrees?\s+(?:celsius|centigrade)\b|℃|摄氏度"
     r"|(?:degrés?|grad(?:en|os?|i)?|graus?)\s+(?:celsius|centígrados?)\b")),
    ("degree Fahrenheit", r"°\s?F(?!\w)|degrees?\s+fahrenheit\b|℉"),
    ("degree", r"°(?!\s?[A-Za-z])"),
    ("dollar", r"US[\s-]dollars?\b|U\.S\.\s+dollars?\b|(?:US)?\$(?!\s?\.?\d)"),
    ("euro", r"€(?!\s?\.?\d)"),
    *SPELLED,
    *((f"{prefix}watt_hour", rf"(?:{spelled})(?:watts?|vatios)[\s-](?:hours?|heures?|hora|ora|uur|stunden?)\b")
      for prefix, spelled in (("", ""), ("tera", "t[ée]ra"), ("giga", "giga"), ("mega", "m[ée]ga"),
                              ("kilo", "kilo|quilo"))),
    ("hour", r"h\b(?!\.)"),
    ("times", r"(?<=\d)[x\u00d7](?!\w|\s*\d)|(?<=[\d-])fold\b|(?<=[\d-])fach\w{0,2}\b"),
)  # fmt: skip
"""What is more than a word, in the order in which it is looked for."""

ADJECTIVES: Final = (
    r"(?:(?:off-street|on-street|parking|loading|accessible|bicycle|compact|standard|guest|dwelling|residential|"
    r"living|hotel|business|calendar|consecutive|working|linear|lineal|vertical|horizontal|additional|required|gross|"
    r"net|new|full|covered|main|principal|accessory)\s+){1,4}"
)
"""Words that stand between a number and the unit that it counts."""

_PREFIXES: Final = {
    "": "", "T": "tera", "G": "giga", "M": "mega", "k": "kilo", "h": "hecto", "d": "deci", "c": "centi", "m": "milli",
    "µ": "micro", "\u03bc": "micro", "u": "micro", "n": "nano", "p": "pico",
}  # fmt: skip
_BASES: Final = {
    "g": "gram", "m": "meter", "s": "second", "A": "ampere", "mol": "mole", "L": "liter", "l": "liter", "Hz": "hertz",
    "N": "newton", "Pa": "pascal", "J": "joule", "W": "watt", "V": "volt", "Ω": "ohm", "\u2126": "ohm",
    "Wh": "watt_hour",
    "VA": "volt_ampere", "eV": "electron_volt", "Bq": "becquerel", "Gy": "gray", "Sv": "sievert", "bar": "bar",
    "cal": "calorie", "B": "byte", "bit": "bit", "bps": "bit/second", "T": "tesla", "Wp": "watt_peak", "F": "farad",
    "H": "henry", "S": "siemens", "IU": "international_unit", "U": "enzyme_unit", "M": "molar", "lm": "lumen",
    "eq": "equivalent",
}  # fmt: skip
_BARE: Final = frozenset({"F", "H", "S", "T", "B", "U", "M", "N", "A", "bit", "bps", "eq"})
"""Bases that are letters of plain text by themselves, or words: units only with a prefix, or in a compound."""
_ALONE: Final = {
    "K": "kelvin", "h": "hour", "min": "minute", "t": "tonne", "kt": "kilotonne", "Mt": "megatonne", "lx": "lux",
    "psi": "pound_force_per_square_inch", "rpm": "revolution/minute", "ppm": "ppm", "ppb": "ppb", "kn": "knot",
    "hp": "horsepower", "BTU": "british_thermal_unit", "Btu": "british_thermal_unit", "mmHg": "millimeter_Hg",
    "TB": "terabyte", "GB": "gigabyte", "MB": "megabyte", "KB": "kilobyte", "kB": "kilobyte", "ms": "millisecond",
    "km": "kilometer", "cm": "centimeter", "mm": "millimeter", "Mbps": "megabit/second", "Gbps": "gigabit/second",
    "cc": "milliliter", "LF": "foot", "kph": "kilometer/hour", "bpm": "beat/minute", "N": "newton", "A": "ampere",
    "in": "inch", "oz": "ounce", "lb": "pound", "ft": "foot", "yd": "yard", "mi": "mile", "d": "day", "gal": "gallon",
    "sq": "square", "acre": "acre", "ha": "hectare", "year": "year", "yr": "year", "month": "month", "day": "day",
}  # fmt: skip
SYMBOLS: Final = {
    f"{short}{base}": f"{long}{name}"
    for short, long in _PREFIXES.items()
    for base, name in _BASES.items()
    if short or base not in _BARE
} | _ALONE
"""Symbol, letter case kept -> unit: ``kV`` is ``kilovolt``."""
IN_COMPOUNDS: Final = _BASES | SYMBOLS
"""The same beside a stroke or a raised dot: ``H`` in ``H/m``."""
NOT_ALONE: Final = frozenset({"in", "d", "sq", "pm", "Mm", "PA", "MA"})
"""Symbols that are words too, unless they stand in a compound."""

_SPELLED_PREFIXES: Final = ("", "tera", "giga", "mega", "kilo", "hecto", "milli", "micro", "nano")
_SPELLED_BASES: Final = (
    "ampere hertz joule newton pascal volt watt bar ohm gram meter metre liter litre tonne".split()  # noqa: SIM905 - reads as a list
)
_AMERICAN: Final = {"metre": "meter", "litre": "liter"}
_SPELLED_OUT: Final = {
    f"{prefix}{base}{plural}": f"{prefix}{_AMERICAN.get(base, base)}"
    for prefix in _SPELLED_PREFIXES
    for base in _SPELLED_BASES
    for plural in ("", "s")
    if prefix or base not in ("bar", "newton", "pascal")
} | {
    f"{prefix}watt{hour}": f"{prefix}watt_hour"
    for prefix in _SPELLED_PREFIXES
    for hour in ("hour", "hours", "-hour", "-hours", "stunde", "stunden")
}
WORDS: Final = _SPELLED_OUT | {word: unit for unit, spelled in _WORDS.items() for word in spelled.split()}
"""Lower-case word -> unit."""
IDEOGRAPHIC: Final = re.compile(
    "|".join(sorted((word for word in WORDS if not word[0] < "\u3000"), key=len, reverse=True))
)
"""The words that no space parts from what follows."""

PHYSICAL: Final = frozenset(
    {
        *(name for name in SYMBOLS.values() if name not in {"day", "month", "year", "hour", "minute", "second"}),
        *("foot", "inch", "yard", "mile", "meter", "kilometer", "centimeter", "millimeter", "acre", "hectare", "gram"),
        *("kilogram", "tonne", "ton", "pound", "ounce", "gallon", "liter", "watt", "kilowatt", "megawatt", "volt"),
        *("square foot", "square meter", "square kilometer", "square inch", "square yard", "square mile"),
        *("cubic foot", "cubic yard", "cubic meter", "degree Celsius", "degree Fahrenheit", "kilowatt_hour"),
        "nautical mile",
    }
)
"""Units that measure: ``5 mg/kg`` is another thing than ``5 mg``; ``$ 40 per seat`` is ``$ 40``, and tells more."""
