"""Other ways to make the same runs: the Mesa driver in a loop, Mesa's batch_run, the EMA Workbench around the Mesa driver.

Each plays the same addresses, a mixture of policies and worldviews. Each is warmed up before its clock starts.
"""

from __future__ import annotations

import importlib
import logging
import time
import warnings
from functools import cache
from typing import Any

from mesa.batchrunner import batch_run

from benchmarks import workload
from benchmarks.clock import seconds
from sim.inputs.assembly import Assembly
from sim.inputs.experiment import Experiment
from sim.runs.ensemble import processors
from sim.runs.mesa_model import AlignmentModel

RUNS = 4  # one by one
RUNS_A_PROCESS = 6  # side by side; the first of each process is not counted


@cache
def prepared() -> tuple[Experiment, Assembly]:
    """Experiment and model, made once in each process."""
    return workload.full(), workload.model_of(1)


class OneOfMany(AlignmentModel):
    """A run of the experiment by its number; keeps the time of day at which each quarter ended, among its outcomes."""

    def __init__(self, number: int) -> None:
        experiment, assembly = prepared()
        policy = experiment.policies[2 * number % len(experiment.policies)]
        super().__init__(
            experiment.scenario(policy.slug, experiment.futures[0].slug),
            worldview=experiment.worldviews[number % len(experiment.worldviews)],
            member=number,
            random_seed=experiment.random_seed,
            assembly=assembly,
        )
        self.datacollector.model_reporters["ended"] = lambda _: time.time()
        self.datacollector.model_vars["ended"] = []


def loop(*, collecting: bool = True) -> float:
    """Runs per second of `AlignmentModel(...).run()` in a loop, with or without its data collector."""

    def work() -> None:
        for number in range(RUNS):
            model = OneOfMany(number)
            if not collecting:
                model.datacollector.collect = lambda _: None
            model.run().forget()

    return RUNS / seconds(work)


def batch_one_process() -> float:
    """Runs per second of Mesa's batch_run in this process."""
    return RUNS / seconds(lambda: _batch(RUNS, 1))


def batch_all_processes() -> float:
    """Runs per second of Mesa's batch_run over all processors, without the start of its processes.

    Counted from the time at which as many runs have ended as there are processes.
    """
    processes = processors()
    rows = _batch(RUNS_A_PROCESS * processes, processes)
    ended = sorted({row["RunId"]: row["ended"] for row in rows}.values())
    return float((len(ended) - processes) / (ended[-1] - ended[processes - 1]))


def _batch(runs: int, processes: int) -> list[dict[str, Any]]:
    quarters = prepared()[0].policies[0].quarters
    rows: list[dict[str, Any]] = batch_run(
        OneOfMany,
        {"number": range(runs)},
        number_processes=processes,
        max_steps=quarters - 1,  # it plays one step more than it is told
        display_progress=False,
    )
    return rows


def workbench() -> Any:
    """The EMA Workbench, or None where it is not installed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says which of its own evaluators are not there
            return importlib.import_module("ema_workbench")
    except ImportError:
        return None


def workbench_sequential() -> float:
    """Runs per second of the EMA Workbench's SequentialEvaluator around the Mesa driver."""
    ema = workbench()
    logging.getLogger("EMA").setLevel(logging.ERROR)
    model = ema.Model("alignment", function=_last_outcomes)
    model.uncertainties = [ema.IntegerParameter("number", 0, RUNS)]
    model.outcomes = [ema.ScalarOutcome(slug) for slug in prepared()[0].outcomes]
    scenarios = [ema.Scenario(str(number), number=number) for number in range(RUNS)]

    def work() -> None:
        with ema.SequentialEvaluator(model) as evaluator:
            evaluator.perform_experiments(scenarios=scenarios, log_progress=True)

    return RUNS / seconds(work)


def _last_outcomes(number: int) -> dict[str, float]:
    model = OneOfMany(number).run()
    last = {slug: values[-1] for slug, values in model.datacollector.model_vars.items()}
    model.forget()
    return {slug: float(last[slug]) for slug in prepared()[0].outcomes}
