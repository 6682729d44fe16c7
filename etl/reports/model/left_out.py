"""Why a number of a report is no figure, and what a number still lacks to be one.

Both lists are closed: a code that is not here is a mistake in the program. A reviewer reads these
sentences beside the number. So each says what was seen and, where it helps, why that is no impact.
"""

from impact.model.language import N_

REASONS = {
    # What the number says of itself
    "percent": N_("A share, not a count."),
    "age": N_("Somebody's age."),
    "ordinal": N_("A place in a sequence, not a count."),
    "name": N_("Part of a name, an address or a title."),
    "storey": N_("The height or size of a building."),
    "building": N_("The height of a building, not how many there are."),
    "length": N_("A measure of length, time or size."),
    "fahrenheit": N_("A temperature in Fahrenheit; only Celsius is kept."),
    "noun": N_("The number counts something that is not kept here."),
    "backwards": N_("A range whose first number is the larger one, so one of the two is wrong."),
    "torn": N_("Part of a number written with signs or letters that cannot be read."),
    "fraction": N_("A fraction of what comes whole, so the number is something else or a slip."),
    "change": N_("By how much a number rose or fell, not how many there are."),
    "earlier": N_("An earlier number, given only to show how it changed."),
    # What it counts
    "duration": N_("A duration or a time."),
    "storeys": N_("Storeys or entrances of a building."),
    "area": N_("An area, a distance, a weight or a volume."),
    "power": N_("Power, voltage or energy."),
    "money": N_("A sum of money."),
    "response": N_("Help that was sent or given, not impact."),
    "vehicles": N_("Vehicles, windows, fires and the like are not counted here."),
    "attacks": N_("Attacks, hits or places that were hit."),
    "areas": N_("Regions, districts or streets."),
    "weapons": N_("Weapons other than drones and missiles."),
    "military": N_("Soldiers, military losses or military equipment."),
    "soldiers": N_("Soldiers, who are not counted here."),
    "other": N_("Things that are not counted here, such as lines, queues or animals."),
    "unit": N_("A unit in which this is not counted."),
    # What is said of it
    "shot_down": N_("Weapons that were shot down or did not arrive, not all that were launched."),
    "hospital": N_("People in hospital, who are counted among the injured already."),
    "severity": N_("People by how badly they are hurt, counted among the injured already."),
    "safe": N_("People who were found or were not hurt."),
    "present": N_("People who live, work or were somewhere, not people who were harmed."),
    "plan": N_("A plan, a promise, a danger or a forecast: it has not happened."),
    "schedule": N_("Planned power cuts by schedule."),
    "foreign": N_("It happened outside Ukraine, or occupiers say so."),
    "past": N_("It happened long before the report."),
    "late": N_("Deaths or injuries of earlier days that were only entered now."),
    "opinion": N_("The result of a poll."),
    "average": N_("An average, not a count."),
    "denied": N_("The text says that this is not true."),
    "accident": N_("An accident, not an attack."),
    # What it is to the other numbers
    "described": N_("A person or building that is described; the count stands elsewhere."),
    "increment": N_("One more that a total in the text already holds."),
    "subset": N_("Part of another number, without saying which part."),
    "stock": N_("All there are, not all that were hit."),
    "repeat": N_("The same number is in the text already."),
}

LACKS = {
    "place": N_("The text does not say where."),
    "date": N_("The text does not say when."),
    "day": N_("The text names a day that the calendar does not have."),
    "indicator": N_("The text does not say what happened to them."),
    "unit": N_("The text does not say what is counted."),
    "value": N_("The cell holds no number that can be read."),
    "record": N_("The number contradicts itself or the rules for figures."),
}
