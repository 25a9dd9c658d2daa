"""What some events of the demo say in English and in Leichte Sprache: one idea a line, short words, long ones hyphened."""

from openday.models.words import TextLanguage

Text = tuple[str, str, str]
"""Title, summary and description."""

ENGLISH: dict[str, Text] = {
    "lindenhof-leipzig-oeffnet-die-tuer": (
        "Lindenhof Leipzig opens its doors",
        "Look over our shoulders: how does a first conversation go, and what comes after it?",
        "We show you round the house in small groups. You meet two advisers, see the form at which most people fail, "
        "and listen to people who sat here themselves three years ago.\n\n"
        "Afterwards there is tea, coffee and time for your questions.",
    ),
    "brueckenwerk-dresden-oeffnet-die-tuer": (
        "Brückenwerk Dresden: an afternoon at the advice centre",
        "Four tours for five people each. If you like, fill in a real application with us.",
        "An application to have a vocational qualification recognised is 14 pages long. We show how it turns into a "
        "job within three appointments, and where the procedure gets stuck.",
    ),
    "kochen-und-erzaehlen-im-weidenkorb": (
        "Cooking and telling stories at Weidenkorb",
        "Six people cook, twelve eat, all of them tell stories. The kitchen is small, and so is the table.",
        "We cook what is named most often as the dish of home. Please phone us if there is something you cannot eat.",
    ),
    "digitale-sprechstunde-walnussbaum": (
        "Online consultation hour: ask the advisers",
        "Three rounds of 30 minutes on your screen. The way in is shown with your booking 15 minutes before.",
        "",
    ),
    "podium-ankommen-bleiben-mitreden": (
        "Panel: arriving, staying, having a say",
        "30 places in the hall, 70 on the screen. After an hour the microphone belongs to the audience.",
        "The speakers are an adviser, an employer, a member of the Landtag and a young man who has been waiting for "
        "his settlement permit for four years.\n\nThe event is streamed, but not recorded.",
    ),
}

EASY: dict[str, Text] = {
    "lindenhof-leipzig-oeffnet-die-tuer": (
        "Der Lindenhof zeigt seine Beratungs-Stelle",
        "Der Lindenhof ist eine Beratungs-Stelle in Leipzig.\nSie können den Lindenhof besuchen.",
        "Wir zeigen Ihnen das Haus.\nSie lernen 2 Beraterinnen kennen.\nDie Beraterinnen helfen Menschen, die neu in "
        "Deutschland sind.\n\n"
        "Sie sehen ein schweres Formular.\nViele Menschen verstehen das Formular nicht.\nWir erklären es Ihnen.\n\n"
        "Danach gibt es Tee und Kaffee.\nSie können Fragen stellen.",
    ),
    "kochen-und-erzaehlen-im-weidenkorb": (
        "Wir kochen im Weidenkorb",
        "Wir kochen zusammen.\nWir essen zusammen.\nWir erzählen von zu Hause.",
        "6 Menschen kochen.\n12 Menschen essen mit.\n\nDürfen Sie etwas nicht essen?\nRufen Sie uns bitte vorher an.",
    ),
    "offene-tuer-die-ganze-woche": (
        "Unsere Tür ist die ganze Woche offen",
        "Sie brauchen keinen Termin.\nKommen Sie einfach zu uns.",
        "Unsere Beratungs-Stelle hilft Menschen, die neu in Deutschland sind.\nWir zeigen Ihnen die Räume.\n"
        "Wir erklären unsere Arbeit.\nEs gibt Kaffee.",
    ),
    "lesecafe-hybrid": (
        "Wir lesen zusammen",
        "Wir lesen laut und langsam.\nWir lesen gern 2 Mal.",
        "Sie können ins Haus kommen.\nOder Sie machen am Computer mit.\n\nEs gibt 2 Gruppen.\n"
        "Jede Gruppe dauert eine Stunde.\nSie brauchen einen Platz.\nWählen Sie dafür eine Uhr-Zeit.",
    ),
    "rundgang-mit-gebaerdensprache": (
        "Wir zeigen das Haus mit Gebärden-Sprache",
        "Wir zeigen Ihnen unsere Beratungs-Stelle.\nEine Person übersetzt in Gebärden-Sprache.",
        "Höchstens 8 Menschen können mitkommen.\nSie brauchen einen Platz.\nSie können alle Fragen stellen.",
    ),
}

TEXTS = {TextLanguage.ENGLISH: ENGLISH, TextLanguage.EASY: EASY}
