"""What every walk is given: a house, people at its door, and judges."""

import os
import signal

import pytest
from playwright.sync_api import sync_playwright

from house import Database, House
from judges import HTMLChecker
from visitor import EVERY_DEVICE, PHONE, Visitor

# Chromium by its Debian name. It may look up no name and so reach nobody but this machine.
CHROMIUM = os.environ.get("ROUNDTABLE_CHROMIUM", "/usr/bin/chromium")
CHROMIUM_ARGUMENTS = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]


def pytest_configure():
    # Told to stop, we still close what we started.
    signal.signal(signal.SIGTERM, lambda *_: pytest.exit("stopped", returncode=143))


def pytest_generate_tests(metafunc):
    if metafunc.definition.get_closest_marker("both_engines"):
        metafunc.parametrize("engine", ["SQLite", "PostgreSQL"], indirect=True)
    if metafunc.definition.get_closest_marker("every_device"):
        metafunc.parametrize("device", EVERY_DEVICE, ids=lambda device: device.name, indirect=True)


@pytest.fixture
def engine(request):
    """The database's address; None where the house keeps everything in a file."""
    if getattr(request, "param", "SQLite") == "SQLite":
        yield None
        return
    server = os.environ.get("ROUNDTABLE_TEST_POSTGRES")
    if not server:
        if os.environ.get("CI") == "true":
            pytest.fail("ROUNDTABLE_TEST_POSTGRES names no server, and nothing is skipped here")
        pytest.skip("ROUNDTABLE_TEST_POSTGRES names no server")
    database = Database(server)
    yield database.url
    database.drop()


@pytest.fixture
def house(engine):
    """A house of this test's own, new and empty, and serving."""
    house = House(database=engine)
    try:
        yield house.start()
        house.stop()
    finally:
        house.clear_away()


@pytest.fixture(scope="session")
def browser():
    arguments = CHROMIUM_ARGUMENTS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def checker():
    """The Nu HTML checker."""
    checker = HTMLChecker()
    yield checker
    checker.stop()


@pytest.fixture
def device(request):
    """What people hold in this test, unless it says otherwise: a phone, or each in turn (`every_device`)."""
    return getattr(request, "param", PHONE)


@pytest.fixture
def visitors(browser, checker, device):
    """Makes visitors to any address; when the test is over they leave, and say what was wrong."""
    visiting = []

    def visit(name, address, on=None):
        visitor = Visitor(name, address, browser, on or device, checker)
        visiting.append(visitor)
        return visitor

    yield visit
    for visitor in visiting:
        visitor.leaves()


@pytest.fixture
def someone(visitors, house):
    """Brings somebody to the door of this test's house: `amina = someone("Amina")`, `ben = someone("Ben", on=DESKTOP)`."""
    return lambda name, on=None: visitors(name, house.address, on)
