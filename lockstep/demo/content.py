"""What the demo shows: a year that two people share. Days count from the day of seeding."""

from dataclasses import dataclass
from typing import Final, Literal

from tracker.fields import Health, Source

Person = Literal["ada", "bo"]


@dataclass(frozen=True, slots=True)
class DemoTask:
    """A task; `scheduled` and `due` in days from today, `done` in days before today."""

    title: str
    who: Person | None = None
    scheduled: int | None = None
    due: int | None = None
    priority: int = 0
    done: int | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class DemoKeyResult:
    """A number of a goal, and how it went: (days before today, value), oldest first.

    One that counts tasks counts those named in `counts`.
    """

    title: str
    unit: str
    start: float
    target: float
    history: tuple[tuple[int, float], ...] = ()
    source: Source = "manual"
    counts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoGoal:
    """A goal from `starts` to `ends` in days from today, with its numbers and its last word on health."""

    title: str
    why: str
    owner: Person
    starts: int
    ends: int
    health: Health
    note: str
    key_results: tuple[DemoKeyResult, ...]


PEOPLE: Final[dict[Person, tuple[str, str]]] = {
    "ada": ("Ada Brandt", "ada@example.org"),
    "bo": ("Bo Lindqvist", "bo@example.org"),
}

BOARD_TITLE: Final = "Our year"

LISTS: Final[dict[str, tuple[DemoTask, ...]]] = {
    "This week": (
        DemoTask("Run 5 km easy, river loop", "ada", scheduled=0, priority=2),
        DemoTask(
            "Book the cabin in Lofoten", "bo", scheduled=0, due=2, priority=1, notes="Two nights, sea view if we can."
        ),
        DemoTask("Cancel the streaming trial", "ada", scheduled=-1, due=0, priority=2),
        DemoTask("Intervals: 6 × 800 m", "bo", scheduled=1),
        DemoTask("Call the landlord about the radiator", "ada", scheduled=-2, priority=3),
        DemoTask("Return library books", "ada", scheduled=0, due=1),
        DemoTask("Physio exercises, 15 minutes", "bo", scheduled=0),
        DemoTask("Groceries for Sunday dinner", "bo", scheduled=1),
        DemoTask("Long run 16 km with Mira", "ada", scheduled=2, priority=2),
        DemoTask("Move 400 € to the trip account", "ada", scheduled=3, due=5),
        DemoTask("Read two chapters of “The Overstory”", "ada", scheduled=0),
        DemoTask("Photo for the new passport", "bo", scheduled=4, due=9, priority=3),
    ),
    "Next": (
        DemoTask("Compare insurance for the trip", "bo", due=14),
        DemoTask("New running shoes before the taper", "ada", scheduled=8, notes="Same model, half a size up."),
        DemoTask("Plan meals for race week", "bo", due=21),
        DemoTask("Sell the old bike", "ada"),
        DemoTask("Ask Jonas for his packing list", "bo", scheduled=10),
        DemoTask("Renew passports", "ada", due=30, priority=2),
        DemoTask("Book the train to the start", "bo", due=18, priority=3),
        DemoTask("Gift for Mira’s birthday", "ada", scheduled=6, due=11),
        DemoTask("Fix the kitchen drawer", "bo"),
        DemoTask("Backup of all photos", "ada", scheduled=13),
        DemoTask("Write down five books for the winter", "bo"),
    ),
    "Waiting": (
        DemoTask("Reply from the ferry company", "bo", due=7),
        DemoTask("Race bib confirmation", "ada"),
        DemoTask("Refund for the concert", "ada", due=-3),
        DemoTask("Quote for the window repair", "bo"),
    ),
    "Done": (
        DemoTask("Run 10 km, hills", "ada", done=1),
        DemoTask("Long run 14 km", "ada", done=5),
        DemoTask("Tempo run 7 km", "bo", done=3),
        DemoTask("Recovery jog 4 km", "bo", done=6),
        DemoTask("Parkrun with Jonas", "bo", done=8),
        DemoTask("Run 12 km, flat", "ada", done=12),
        DemoTask("Switch the phone contract", "bo", done=4),
        DemoTask("Cancel the gym membership", "ada", done=9),
        DemoTask("Open the trip account", "ada", done=27),
        DemoTask("Finish “A Month in the Country”", "bo", done=7),
        DemoTask("Charger out of the bedroom", "ada", done=16),
        DemoTask("Register for the half marathon", "ada", done=33),
        DemoTask("Vaccination check", "bo", done=15),
        DemoTask("Descale the coffee machine", "bo", done=2),
    ),
}

GOALS: Final[tuple[DemoGoal, ...]] = (
    DemoGoal(
        "Run the half marathon together",
        "Side by side over the line, and still talking to each other.",
        "ada",
        starts=-42,
        ends=56,
        health="on_track",
        note="Knees are fine. The long run is the one that counts now.",
        key_results=(
            DemoKeyResult("Longest run", "km", 6, 21, ((40, 6.5), (33, 8), (26, 10), (19, 11), (12, 12), (5, 14))),
            DemoKeyResult(
                "Runs finished",
                "runs",
                0,
                10,
                source="task_count",
                counts=(
                    "Run 10 km, hills",
                    "Long run 14 km",
                    "Tempo run 7 km",
                    "Recovery jog 4 km",
                    "Parkrun with Jonas",
                    "Run 12 km, flat",
                    "Run 5 km easy, river loop",
                    "Intervals: 6 × 800 m",
                    "Long run 16 km with Mira",
                ),
            ),
            DemoKeyResult(
                "Weight, Bo",
                "kg",
                86,
                80,
                ((41, 86), (34, 85.4), (27, 85.1), (20, 84.2), (13, 83.9), (6, 83.1), (1, 82.8)),
            ),
        ),
    ),
    DemoGoal(
        "Two weeks in Norway without a loan",
        "Ferries, cabins and one very good dinner, all paid before we leave.",
        "bo",
        starts=-60,
        ends=120,
        health="at_risk",
        note="The window repair comes first. We catch up in January.",
        key_results=(
            DemoKeyResult("Saved", "€", 0, 6000, ((56, 400), (42, 800), (28, 1150), (14, 1400), (2, 1550))),
            DemoKeyResult("Subscriptions a month", "€", 148, 80, ((50, 148), (31, 126), (9, 97), (4, 92))),
        ),
    ),
    DemoGoal(
        "Read more, scroll less",
        "Evenings that we remember the next day.",
        "ada",
        starts=-70,
        ends=38,
        health="on_track",
        note="Phones sleep in the hall. It works.",
        key_results=(
            DemoKeyResult("Books finished", "books", 0, 12, ((63, 1), (51, 2), (44, 3), (30, 5), (21, 6), (7, 8))),
            DemoKeyResult(
                "Screen time a day", "h", 3.6, 1.5, ((62, 3.6), (48, 3.1), (34, 2.7), (20, 2.4), (10, 2.0), (3, 1.8))
            ),
        ),
    ),
)

COMMENTS: Final[tuple[tuple[str, Person, str], ...]] = (
    ("Book the cabin in Lofoten", "ada", "The red one by the harbour is free again, saw it this morning."),
    ("Book the cabin in Lofoten", "bo", "Perfect. I hold it until Thursday."),
    ("Long run 16 km with Mira", "bo", "Take the gels from the second drawer."),
    ("Refund for the concert", "ada", "Asked a second time today."),
    ("New running shoes before the taper", "bo", "Not on the last week, you know why."),
)

PERSONAL: Final[dict[Person, tuple[DemoTask, ...]]] = {
    "ada": (
        DemoTask("Water the plants", scheduled=0),
        DemoTask("Dentist, ask for a Friday", scheduled=2, priority=3),
        DemoTask("Thank-you card to Grandma", due=4),
    ),
    "bo": (
        DemoTask("Tune the guitar", scheduled=0),
        DemoTask("Tax papers into the folder", due=12, priority=2),
    ),
}
