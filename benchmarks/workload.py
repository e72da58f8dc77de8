"""What is run: the experiment profile_comparison, larger or smaller, longer or shorter, or with more actors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sim.api import experiment_of
from sim.inputs.assembly import Assembly
from sim.inputs.attributes import Attributes
from sim.inputs.coding import Sourced
from sim.inputs.evidence import Seeds, load_seeds
from sim.inputs.experiment import Experiment
from sim.runs.ensemble import Batch, Ensemble

NAME = "profile_comparison"
STREAMS_APART = 100_000_000  # between the streams of an actor and of its copies


def full() -> Experiment:
    """The experiment as shipped."""
    return experiment_of(NAME)


def per_member(experiment: Experiment) -> int:
    """Runs that one member makes."""
    return experiment.n_runs // experiment.members


def sized(experiment: Experiment, runs: int) -> Experiment:
    """The experiment with as many members as come closest to so many runs, at least one."""
    return replace(experiment, members=max(1, round(runs / per_member(experiment))))


def lasting(experiment: Experiment, quarters: int) -> Experiment:
    """The experiment over another number of quarters; what the policies do later is cut off, or goes on as it ended."""
    return replace(
        experiment,
        policies=tuple(replace(one, quarters=quarters) for one in experiment.policies),
        futures=tuple(replace(one, quarters=quarters) for one in experiment.futures),
    )


class OtherNames(Attributes):
    """The attributes of the seeds, with actors under other names or several times over."""

    def __init__(self, attributes: Attributes, originals: Mapping[str, str]) -> None:
        self.entries = attributes.entries
        self.attributes = attributes
        self.originals = originals

    def value(self, worldview: str, name: str, actor: str) -> Sourced:
        """The attribute of the one that the name stands for."""
        return self.attributes.value(worldview, name, self.originals.get(actor, actor))


def repeated(seeds: Seeds, times: int) -> Seeds:
    """The seeds with every state `times` over, each copy under a name and a stream of its own, wherever it is named."""
    names = {state.id: [state.id, *(f"{state.id}_{k}" for k in range(1, times))] for state in seeds.states}

    def all_of(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for one in ids for name in names.get(one, [one]))

    copies = tuple(
        replace(state, id=name, slug=name.lower(), name=name, stream=state.stream + k * STREAMS_APART)
        for state in seeds.states
        for k, name in enumerate(names[state.id])
        if k > 0
    )
    return replace(
        seeds,
        actors=(*seeds.actors, *copies),
        groups={group: all_of(members) for group, members in seeds.groups.items()},
        instruments=tuple(
            replace(item, targets=all_of(item.targets), sponsors=all_of(item.sponsors))
            for item in seeds.instruments
        ),
        attributes=OtherNames(
            seeds.attributes, {name: original for original, them in names.items() for name in them}
        ),
    )


def model_of(times: int) -> Assembly:
    """The model with every state so many times over."""
    seeds = load_seeds()
    return Assembly(seeds if times == 1 else repeated(seeds, times))


def play(batches: Iterable[Batch]) -> None:
    """Run everything and keep nothing. Raises RuntimeError for a run that broke: it would be too quick."""
    for batch in batches:
        if (batch.status != "ok").any():
            raise RuntimeError("a run broke; its time says nothing")


def warm(experiment: Experiment, assembly: Assembly | None = None) -> Ensemble:
    """The experiment made ready to run; whatever that needs has been compiled, or loaded from the cache."""
    ready = Ensemble(experiment, assembly)
    ready.batch(0, 1)
    return ready


def batches(ready: Ensemble) -> Iterator[Batch]:
    """All rows of an experiment made ready, in this thread, in batches of the usual size."""
    for span in ready.spans():
        yield ready.batch(*span)
