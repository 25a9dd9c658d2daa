"""Further invented Träger in real towns, so that lists, maps and numbers look like those of a whole country."""

from openday.models.words import LegalRegime
from openday.services.demo_data.shape import DemoTraeger

REGIMES = {"Caritas": LegalRegime.KDG, "Diakonie": LegalRegime.DSG_EKD}
ROWS = (
    ("ahornhaus", "Ahornhaus", "e. V.", "Erfurt", "TH", "99084", "Paritätischer"),
    ("apfelgarten", "Apfelgarten", "Beratung und Begegnung", "Potsdam", "BB", "14467", "AWO"),
    ("bernsteinhaus", "Bernsteinhaus", "Migrationsdienste", "Schwerin", "MV", "19053", "Caritas"),
    ("bogenlampe", "Bogenlampe", "Kreisverband", "Bremen", "HB", "28195", "DRK"),
    ("erlenhof", "Erlenhof", "Fachdienste", "Hannover", "NI", "30159", "Diakonie"),
    ("fliederbusch", "Fliederbusch", "Jugendmigrationsdienst", "Köln", "NW", "50667", "BAG KJS, Caritas"),
    ("gartenpforte", "Gartenpforte", "gGmbH", "Kassel", "HE", "34117", "AWO"),
    ("haselweg", "Haselweg", "Beratungshaus", "Mainz", "RP", "55116", "Diakonie"),
    ("holunder", "Holunder", "Psychosoziales Zentrum", "Saarbrücken", "SL", "66111", "Paritätischer"),
    ("kastanienhof", "Kastanienhof", "e. V.", "Nürnberg", "BY", "90402", "AWO"),
    ("lavendel", "Lavendelhaus", "Beratung", "Freiburg im Breisgau", "BW", "79098", "Caritas"),
    ("leuchtfeuer", "Leuchtfeuer", "Migrationsfachdienst", "Kiel", "SH", "24103", "Diakonie"),
    ("marktbrunnen", "Marktbrunnen", "Kreisverband", "Halle (Saale)", "ST", "06108", "DRK"),
    ("morgenstern", "Morgenstern", "Jugendmigrationsdienst", "Bielefeld", "NW", "33602", "BAG EJSA, Diakonie"),
    ("muehlrad", "Mühlrad", "Beratungsstelle", "Osnabrück", "NI", "49074", "Caritas"),
    ("nordwind", "Nordwind", "Kreisverband", "Flensburg", "SH", "24937", "DRK"),
    ("olivenzweig", "Olivenzweig", "Sozialwerk", "Düsseldorf", "NW", "40213", "ZWST"),
    ("pfauenauge", "Pfauenauge", "Bildungswerk", "Augsburg", "BY", "86150", "IB"),
    ("rosengarten", "Rosengarten", "e. V.", "Zwickau", "SN", "08056", "AWO"),
    ("alte-schmiede", "Alte Schmiede", "Fachdienste", "Cottbus", "BB", "03046", "Diakonie"),
    ("tulpenhaus", "Tulpenhaus", "gGmbH", "Ulm", "BW", "89073", "Paritätischer"),
    ("uhrwerk", "Uhrwerk", "Jugendmigrationsdienst", "Trier", "RP", "54290", "BAG KJS, Caritas"),
    ("zederhof", "Zederhof", "Sozialwerk", "Bochum", "NW", "44787", "ZWST"),
)

MORE_TRAEGER = tuple(
    DemoTraeger(
        key,
        f"{house} {town} e. V." if kind == "e. V." else f"{house} {town}, {kind}",
        town,
        tuple(verbaende.split(", ")),
        f"030 23125 {100 + number}",
        next((REGIMES[name] for name in verbaende.split(", ") if name in REGIMES), LegalRegime.DSGVO),
        house,
        region,
        postcode,
    )
    for number, (key, house, kind, town, region, postcode, verbaende) in enumerate(ROWS)
)
