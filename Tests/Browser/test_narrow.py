"""Every main page in a window of 320 px: the narrowest phone, and what a desktop shows at 400 %."""

import pytest

from visitor import NARROW, TABLET


@pytest.mark.parametrize("device", [NARROW, TABLET], ids=lambda device: device.name, indirect=True)
def test_the_main_pages_fit_and_are_walked_by_keyboard(table):
    gathering, _ = table.calls("Tea, talk, and a name that goes on for a while")
    asha, project = table.asha, table.project
    asha.goes_to(f"{project}/contributions/new")
    asha.writes("What do you want to say?", "Donaudampfschifffahrtsgesellschaftskapitänsmütze " * 3)
    asha.presses("Say it")
    ask = table.draws("Unterstützungsbeantragungsformularausfüllhilfebereitstellung für alle")
    promise = table.promises(ask, "We will.", "2199-12-03")
    pages = {
        "project": project, "write": f"{project}/contributions/new", "offer": f"{project}/offer",
        "gatherings": f"{project}/gatherings", "gathering": gathering, "room": f"{gathering}/room",
        "scribe": f"{gathering}/scribe", "asks": f"{project}/asks", "draw": f"{project}/asks/new", "ask": ask,
        "answer": f"{ask}/answers", "promise": promise, "promises": f"{project}/promises",
        "ledger": f"{project}/we-said-we-did", "change": f"{project}/changes", "news": f"{project}/news",
        "invitations": f"{project}/invitations", "seat": f"{project}/seat", "me": "/me", "leaving": "/leaving",
        "receipt": "/receipts", "about": "/about", "safety": f"{project}/safety", "end": f"{project}/end",
        "held": "/me/held", "complain": "/complaints",
    }
    for name, page in pages.items():
        asha.goes_to(page)
        asha.looks_at(f"fits-{name}")
