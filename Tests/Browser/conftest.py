"""What every walk is given: a house, people at its door, and judges."""

import os
import signal

import pytest
from playwright.sync_api import sync_playwright

from house import Database, House
from judges import HTMLChecker
from table import Table
from visitor import DESKTOP, EVERY_DEVICE, PHONE, Visitor

# Chromium by its Debian name. It may look up no name and so reach nobody but this machine.
CHROMIUM = os.environ.get("ROUNDTABLE_CHROMIUM", "/usr/bin/chromium")
CHROMIUM_ARGUMENTS = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]

# Where a long story is told: on each engine, on each device, with and without script, at least once.
EVERY_TABLE = [
    ("SQLite", PHONE), ("SQLite", PHONE.without_script()), ("SQLite", DESKTOP),
    ("PostgreSQL", DESKTOP.without_script()),
]

# Where a shorter one is told: in each window once, with script and without.
EACH_WINDOW = [PHONE, DESKTOP.without_script()]


def pytest_configure():
    # Told to stop, we still close what we started.
    signal.signal(signal.SIGTERM, lambda *_: pytest.exit("stopped", returncode=143))


def pytest_generate_tests(metafunc):
    if metafunc.definition.get_closest_marker("both_engines"):
        metafunc.parametrize("engine", ["SQLite", "PostgreSQL"], indirect=True)
    if metafunc.definition.get_closest_marker("every_device"):
        metafunc.parametrize("device", EVERY_DEVICE, ids=lambda device: device.name, indirect=True)
    if metafunc.definition.get_closest_marker("each_window"):
        metafunc.parametrize("device", EACH_WINDOW, ids=lambda device: device.name, indirect=True)
    if metafunc.definition.get_closest_marker("every_table"):
        names = [f"{engine}-{device.name}" for engine, device in EVERY_TABLE]
        metafunc.parametrize("engine, device", EVERY_TABLE, ids=names, indirect=True)


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
def launch():
    """Starts a browser."""
    arguments = CHROMIUM_ARGUMENTS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with sync_playwright() as playwright:
        yield lambda **more: playwright.chromium.launch(executable_path=CHROMIUM, args=arguments, **more)


@pytest.fixture(scope="session")
def launched(launch):
    """The browsers of this run, the newest last: more than one only where one has crashed."""
    browsers = []
    yield browsers
    for chromium in browsers:
        chromium.close()


@pytest.fixture
def browser(launch, launched):
    if not launched or not launched[-1].is_connected():
        launched.append(launch())
    return launched[-1]


@pytest.fixture
def remembering_browser(launch):
    """A browser that keeps pages whole to go back to, as people's own do and a test's otherwise doesn't."""
    chromium = launch(ignore_default_args=["--disable-back-forward-cache"])
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


@pytest.fixture
def table(house, someone):
    """A project of Asha's in this test's house, where people sit down with no more ado."""
    return Table(house, someone)
