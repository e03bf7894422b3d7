"""Documents for the drawing tests; every word in them is made up."""

from coprod.kernel.document import (
    Bar,
    BarChart,
    Code,
    ContactCard,
    Document,
    Heading,
    Image,
    ItemList,
    Paragraph,
    Quote,
    Span,
    Table,
    plain,
)

CONTACTS = (
    ContactCard("Childline", ("Call 0800 1111",), "Free, day and night."),
    ContactCard("Shout", ("Text 85258",), "Free, day and night."),
)


def poster(**changes):
    parts = {
        "title": "It is never your fault",
        "language": "en",
        "blocks": (
            Heading(1, plain("It is never your fault")),
            Paragraph((Span("What they do is "), Span("wrong", strong=True), Span("."))),
            Heading(2, plain("What you can do")),
            ItemList((plain("Talk to someone you choose."), plain("Ask what will happen first."))),
            *CONTACTS,
        ),
        "footer": "Riverside · code ABCD-EFGH",
    }
    return Document(**(parts | changes))


def welsh():
    return Document(
        "Nid dy fai di",
        "cy",
        (
            Heading(1, plain("Gwrthgyfansoddiadolrwydd ym Mhenrhyndeudraeth")),
            Paragraph(plain("Tŷ, gŵyr a llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch.")),
            *CONTACTS,
        ),
        mark="draft",
    )


def report(rows=3):
    return Document(
        "What young people told us",
        "en",
        (
            Heading(1, plain("What young people told us")),
            Paragraph(plain("About 25 answered."), "lead"),
            Paragraph(plain("Indicators are not evidence."), "caution"),
            Heading(4, plain("Listening")),
            BarChart(
                "Listened to",
                (Bar("Always", 0.6, "about 60 %"), Bar("Never", 0.0, "hidden")),
                "Most said always.",
            ),
            Table("Places", ("Place", "Listened"), tuple((f"Clinic {n}", "about half") for n in range(rows))),
            Quote(plain("Nobody said."), "simulated"),
            Code("four words here now"),
            *CONTACTS,
        ),
        mark="simulated",
        footer="Riverside",
    )


def with_picture(source, alt="Two friends talking on a bench"):
    return poster(blocks=(Heading(1, plain("A picture")), Paragraph(plain("Look.")), Image(source, alt)))
