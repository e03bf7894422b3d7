"""One small form for each feature in docs/xlsform.md, with what becomes of it."""

from tests.surveys.xlsform.forms import form_of

SELECT = "select_one yn | met | Have you met them?"


def cells(columns: str, *rows: str) -> bytes:
    return form_of(*rows, columns=f"type | name | {columns}")


TAKEN, CHANGED, STRIPPED, REFUSED = "taken", "changed", "stripped", "refused"
FEATURES: dict[str, tuple[str, bytes]] = {
    "`text`": (TAKEN, form_of("text | why | Why?")),
    "`note`": (TAKEN, form_of("note | hello | Hello", SELECT)),
    "`acknowledge`": (TAKEN, form_of("acknowledge | ok | Read this", SELECT)),
    "`select_one`": (TAKEN, form_of(SELECT)),
    "`select_multiple`": (TAKEN, form_of("select_multiple places | where | Where?")),
    "`rank`": (TAKEN, form_of("rank places | order | Put in order")),
    "`or_other`": (TAKEN, form_of("select_multiple places or_other | where | Where?")),
    "`range` or `integer` within 0 to 10": (
        TAKEN,
        cells("label | low | high | constraint", "integer | s | Score | Bad | Good | . >= 0 and . <= 10"),
    ),
    "`integer`, `decimal` or `range` of other numbers": (
        CHANGED,
        cells(
            "label | parameters",
            "integer | visits | How many visits? |",
            "decimal | hours | How many hours? |",
            "range | s | Score | start=0 end=100 step=10",
        ),
    ),
    "`calculate`": (
        CHANGED,
        cells(
            "label | calculation | relevant",
            f"{SELECT} | |",
            "calculate | c | | if(${met} = 'yes', 1, 0) |",
            "note | n | Good | | ${c} = 1",
        ),
    ),
    "`date`, `time`, `dateTime`": (REFUSED, form_of(SELECT, "date | day | When?")),
    "groups": (
        TAKEN,
        cells(
            "label | relevant",
            f"{SELECT} |",
            "begin_group | g | About them | ${met} = 'yes'",
            "text | why | Why? |",
            "end_group | | |",
        ),
    ),
    "`table-list`": (
        TAKEN,
        cells(
            "label | appearance",
            "begin_group | g | Do you agree? | table-list",
            "select_one agree | a | They listen |",
            "select_one agree | b | They help |",
            "end_group | | |",
        ),
    ),
    "repeats": (REFUSED, form_of(SELECT, "begin_repeat | r | Each", "text | w | Who?", "end_repeat | |")),
    "`relevant`": (
        TAKEN,
        cells("label | relevant", f"{SELECT} |", "text | why | Why? | selected(${met}, 'yes')"),
    ),
    "`constraint` and its message": (
        TAKEN,
        cells(
            "label | constraint | constraint_message",
            "select_multiple places | w | Where? | count-selected(.) < 3 | Two",
        ),
    ),
    "`choice_filter`": (
        CHANGED,
        cells(
            "label | choice_filter",
            "select_one counties | county | County? |",
            "select_one towns | town | Town? | county = ${county}",
        ),
    ),
    "`hint`": (TAKEN, cells("label | hint", f"{SELECT} | Just once will do")),
    "languages: English and Welsh": (
        TAKEN,
        cells("label::English (en) | label::Cymraeg (cy)", "text | why | Why? | Pam?"),
    ),
    "other languages": (
        REFUSED,
        cells("label::English (en) | label::Polski (pl)", "text | why | Why? | Dlaczego?"),
    ),
    "`randomize=true`": (TAKEN, cells("label | parameters", f"{SELECT} | randomize=true")),
    "appearance `likert`": (
        CHANGED,
        cells("label | appearance", "select_one agree | a | They listen | likert"),
    ),
    "appearances `minimal`, `quick`, `horizontal`, `multiline`, `field-list`": (
        TAKEN,
        cells("label | appearance", f"{SELECT} | minimal", "text | why | Why? | multiline"),
    ),
    "other appearances": (CHANGED, cells("label | appearance", f"{SELECT} | image-map")),
    "`${name}` in words": (TAKEN, form_of(SELECT, "text | why | You said ${met}. Why?")),
    "names with capitals, numbers or underscores": (
        TAKEN,
        cells("label | relevant", "select_one numbers | Q_1 | Often? |", "text | Q_2 | Why? | ${Q_1} = 1"),
    ),
    "`required`": (CHANGED, cells("label | required", f"{SELECT} | yes")),
    "`default`": (CHANGED, cells("label | default", f"{SELECT} | yes")),
    "`read_only`, `trigger`, `guidance_hint`": (
        CHANGED,
        cells("label | guidance_hint", f"{SELECT} | Ask slowly"),
    ),
    "device ids (`deviceid`, `simserial`, `subscriberid`)": (STRIPPED, form_of("deviceid | d |", SELECT)),
    "times (`start`, `end`, `today`), `audit`": (STRIPPED, form_of("start | s |", "end | e |", SELECT)),
    "locations (`geopoint`, `geotrace`, `geoshape`)": (STRIPPED, form_of("geopoint | p | Where?", SELECT)),
    "`phonenumber`, `username`, `email`": (STRIPPED, form_of("phonenumber | p |", SELECT)),
    "`image`, `audio`, `video`, `file`, `barcode`": (STRIPPED, form_of("image | i | Picture", SELECT)),
    "pictures and sound beside the words": (STRIPPED, cells("label | image", f"{SELECT} | a.png")),
    "a question for a name, a phone number, an address, a date of birth": (
        STRIPPED,
        form_of("text | q | What is your full name?", SELECT),
    ),
    "`public_key`, `submission_url`, `instance_name`": (
        STRIPPED,
        form_of(SELECT, more="| settings |\n| | form_title | public_key |\n| | T | abc |\n"),
    ),
    "`select_one_from_file`, `csv-external`, `search()`": (
        REFUSED,
        form_of(SELECT, "select_one_from_file shops.csv | t | Town?"),
    ),
    "`instance()`, `pulldata()`, `today()` and other functions": (
        REFUSED,
        cells("label | relevant", f"{SELECT} |", "text | why | Why? | today() > 1"),
    ),
    "a question that asks about one left out": (
        REFUSED,
        cells("label | relevant", f"{SELECT} |", "date | d | When? |", "text | why | Why? | ${d} != ''"),
    ),
}
