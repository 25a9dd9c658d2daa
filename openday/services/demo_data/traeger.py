"""Invented Träger in real towns; phone numbers are those the Bundesnetzagentur keeps free for films."""

from openday.models.words import LegalRegime
from openday.services.demo_data.shape import DemoTraeger

KIRCHE, CARITAS = LegalRegime.DSG_EKD, LegalRegime.KDG

TRAEGER = (
    DemoTraeger("lindenhof", "Lindenhof Migrationsdienste Leipzig e. V.", "Leipzig", ("AWO",), "030 23125 001"),
    DemoTraeger("brueckenwerk", "Brückenwerk Dresden gGmbH", "Dresden", ("Paritätischer",), "030 23125 002"),
    DemoTraeger("silberpappel", "Beratungshaus Silberpappel Siegen", "Siegen", ("Diakonie",), "0221 4710 003", KIRCHE),
    DemoTraeger(
        "kornblume",
        "Kornblume Jugendmigrationsdienst Münster",
        "Münster",
        ("BAG KJS", "Caritas"),
        "0221 4710 004",
        CARITAS,
    ),
    DemoTraeger("walnussbaum", "Haus Walnussbaum Regensburg", "Regensburg", ("Caritas",), "089 99998 005", CARITAS),
    DemoTraeger(
        "weidenkorb", "Weidenkorb Begegnung und Beratung Rostock e. V.", "Rostock", ("Paritätischer",), "040 66969 006"
    ),
    DemoTraeger("goldammer", "Psychosoziales Zentrum Goldammer", "Magdeburg", ("Paritätischer",), "030 23125 007"),
    DemoTraeger(
        "alte-seilerei", "Alte Seilerei Lübeck, Migrationsfachdienste", "Lübeck", ("Diakonie",), "040 66969 008", KIRCHE
    ),
    DemoTraeger("rotdorn", "Rotdorn Kreisverband Diepholz-Land", "Diepholz", ("DRK",), "040 66969 009"),
    DemoTraeger(
        "steinbogen",
        "Steinbogen Jugendmigrationsdienst Karlsruhe",
        "Karlsruhe",
        ("BAG EJSA", "Diakonie"),
        "069 90009 010",
        KIRCHE,
    ),
    DemoTraeger("feldahorn", "Feldahorn Bildungswerk Frankfurt", "Frankfurt am Main", ("IB",), "069 90009 011"),
    DemoTraeger(
        "morgenweite", "Morgenweite – Fachstelle für Asylverfahrensberatung", "Berlin", ("AWO",), "030 23125 012"
    ),
    DemoTraeger("mandelzweig", "Mandelzweig Sozialwerk München", "München", ("ZWST",), "089 99998 013"),
    DemoTraeger("birkenallee", "Birkenallee Kreisverband Weimarer Land", "Weimar", ("AWO",), "069 90009 014"),
    DemoTraeger("hafenlicht", "Hafenlicht Hamburg, Rat und Orientierung", "Hamburg", ("DRK",), "040 66969 015"),
    DemoTraeger("quellhof", "Quellhof Stuttgart e. V.", "Stuttgart", (), "069 90009 016"),
)
