"""One run with agents to look at, override and explain: the same rules as the ensemble, called by real Mesa agents.

With nothing overridden a run here equals the ensemble's run with the same address, bit for bit. Override a phase method
of `StateAgent` (or `Institution`) in a subclass and pass it as `agent_classes` to try another behaviour.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from sim.inputs.assembly import Assembly
from sim.inputs.evidence import load_seeds
from sim.inputs.scenario import Scenario, load_scenario
from sim.runs.warm import ensure_compiled
from sim.theory import state as s
from sim.theory.elementary import logarithm
from sim.theory.outcome_list import OUTCOMES
from sim.theory.outcomes import read_outcomes
from sim.theory.phases import (
    align,
    assess,
    beijing,
    crises,
    decide,
    deliver,
    engage,
    live,
    luck,
    perceive,
    settle,
    signal,
    strength,
)
from sim.theory.run import Run
from sim.theory.step import prepare, restart

INSTITUTIONS = {
    "NATO": (s.NATO_CONSENSUS,),
    "EU": (s.EU_UNANIMITY, s.EU_MAJORITY),
    "ASEAN": (s.ASEAN_CONSENSUS,),
}


class StateAgent(mesa.Agent):
    """One state (or aggregate). Each phase method may be overridden; the default calls the rulebook."""

    model: AlignmentModel

    def __init__(self, model: AlignmentModel, place: int) -> None:
        super().__init__(model)
        self.place = place
        self.id = model.assembly.actor_ids[place]
        self.name = model.assembly.actors[place].name

    def __getattr__(self, name: str) -> float:
        """The agent's state by field name, as everybody sees it now (`agent.threat_cn`, `agent.us_tie_security`)."""
        if name in s.ACTOR_FIELDS:
            return float(self.model.arrays.now[s.ACTOR_FIELDS.index(name), self.place])
        raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")

    def set_next(self, name: str, value: float) -> None:
        """Set what one of the agent's fields will be at the end of this quarter (before events)."""
        self.model.arrays.own[s.ACTOR_FIELDS.index(name), self.place] = value

    def set_pressure(self, name: str, value: float) -> None:
        """Set the pressure (logit points, the same level as in mid-2024 is no pressure) on one of the agent's fields."""
        self.model.arrays.push[s.PRESSURES.index(name), self.place] = value

    def position(self, domain: str = "security") -> float:
        """Where the state stands in a domain: -1 with Beijing … +1 with Washington."""
        k = s.DOMAINS.index(domain)
        now = self.model.arrays.now
        return float(now[s.US_TIE + k, self.place] - now[s.CN_TIE + k, self.place])

    def feel(self) -> None:
        """Phase 1: domestic mood."""
        decide.feel(self.place, self.place + 1, self.model.arrays.board)

    def agreement(self, item: int) -> float:
        """Phase 2: the chance (0..1) that this state agrees to what is proposed for instrument number `item`."""
        return float(decide.agreement(self.place, item, self.model.arrays.board))

    def expose(self) -> None:
        """Phase 4: what is offered to this state."""
        signal.expose(self.place, self.place + 1, self.model.arrays.board)

    def perceive(self) -> None:
        """Phase 7: threats, pressure to choose, risk, trust."""
        perceive.perceive(self.place, self.place + 1, self.model.arrays.board)

    def engage(self) -> None:
        """Phase 8: engagement with NATO (partners)."""
        engage.engage(self.place, self.place + 1, self.model.arrays.board)

    def judge(self) -> None:
        """Phase 9: backlash, stance, and what pulls in the choice of a posture."""
        align.judge(self.place, self.place + 1, self.model.arrays.board)

    def align(self) -> None:
        """Phase 9: the choice of a posture in each domain, and ties following it."""
        align.align(self.place, self.place + 1, self.model.arrays.board)

    def live(self) -> None:
        """Phase 10: dependence, growth, resilience."""
        live.live(self.place, self.place + 1, self.model.arrays.board)

    def settle(self) -> None:
        """The end of the quarter: what is under pressure moves."""
        settle.settle(self.place, self.place + 1, self.model.arrays.board)


class Institution(mesa.Agent):
    """NATO, the EU or ASEAN: decides on its instruments by its members."""

    model: AlignmentModel

    def __init__(self, model: AlignmentModel, name: str) -> None:
        super().__init__(model)
        self.name = name
        group = (s.NATO, s.EU, s.ASEAN)[list(INSTITUTIONS).index(name)]
        self.members = [agent for agent in model.states if model.arrays.group[group, agent.place] == 1.0]
        self.items = [int(k) for k in np.flatnonzero(np.isin(model.arrays.decision, INSTITUTIONS[name]))]

    def decide(self) -> None:
        """Phase 2: agree to cuts, and put to the vote what is proposed beyond what was agreed."""
        arrays = self.model.arrays
        for item in self.items:
            proposed = arrays.board.proposed[item]
            is_free = proposed <= arrays.agreed[item] or arrays.adopted[item] != decide.PUT_TO_VOTE
            if is_free or self.agrees(item):
                arrays.agreed[item] = proposed

    def agrees(self, item: int) -> bool:
        """Whether the members agree to what is proposed for one instrument this quarter."""
        shares = [member.agreement(item) for member in self.members]
        log_agreements = 0.0
        total = 0.0
        for share in shares:
            log_agreements = log_agreements + logarithm(share)
            total = total + share
        return bool(decide.passes(item, log_agreements, total / float(len(shares)), self.model.arrays.board))


class AlignmentModel(mesa.Model):
    """One run of a scenario under a worldview, agent by agent.

    scenario: a `Scenario`, or the slug or path of one. member, replicate, random_seed: the run's address (see
    `sim.theory.chance`); chance: off for the noise-free path. agent_classes: a subclass of StateAgent by actor id, or
    under "*" for all. `datacollector` keeps every outcome, and per agent position and field values, each quarter.
    """

    def __init__(
        self,
        scenario: Scenario | str,
        *,
        worldview: str = "W2",
        member: int = 0,
        replicate: int = 0,
        random_seed: int = 0,
        chance: bool = True,
        agent_classes: Mapping[str, type[StateAgent]] | None = None,
        assembly: Assembly | None = None,
        drawn: NDArray[np.float64] | None = None,
    ) -> None:
        super().__init__(rng=random_seed)
        ensure_compiled(with_agents=True)  # one for all, where several processes make models at once
        self.scenario = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
        self.assembly = assembly or Assembly(load_seeds())
        self.worldview = self.assembly.seeds.worldview(worldview).id
        self.arrays: Run = self.assembly.blank_run(self.scenario.quarters, len(self.scenario.events))
        self.assembly.fill_policy(self.arrays, self.scenario)
        values = self.assembly.draw.member(random_seed, member) if drawn is None else drawn
        self.assembly.fill_member(self.arrays, values, self.worldview, self.scenario.settings)
        self.arrays.clock[:] = (0, random_seed, member, replicate, int(chance))
        prepare(self.arrays.board)
        luck.deal(self.arrays)
        restart(self.arrays.board)
        luck.lay_out(self.arrays, 0)
        self.quarter = 0
        classes = dict(agent_classes or {})
        fallback = classes.get("*", StateAgent)
        self.states = [classes.get(id_, fallback)(self, k) for k, id_ in enumerate(self.assembly.actor_ids)]
        self.institutions = [Institution(self, name) for name in INSTITUTIONS]
        self.unvoted = [int(k) for k in np.flatnonzero(self.arrays.decision == s.NO_VOTE)]
        self.outcomes = np.zeros(len(OUTCOMES))
        self.datacollector = mesa.DataCollector(
            model_reporters={"quarter": lambda model: model.scenario.horizon.quarter(model.quarter - 1)}
            | {outcome.slug: _outcome_reader(k) for k, outcome in enumerate(OUTCOMES)},
            agent_reporters={
                "actor": lambda agent: getattr(agent, "id", agent.name),
                **{name: _field_reader(name) for name in s.ACTOR_FIELDS},
            },
        )

    def step(self) -> None:
        """One quarter, phase by phase, in the order of `sim.theory.step.play_quarter`."""
        arrays = self.arrays.board
        luck.lay_out(self.arrays, self.quarter)
        states = self.agents_of(StateAgent)
        states.do("feel")  # 1 moods
        decide.talk(arrays)
        self.agents_of(Institution).do("decide")  # 2 decide
        arrays.agreed[self.unvoted] = arrays.proposed[self.unvoted]
        decide.count_refusals(arrays)
        decide.consider_acting(arrays)
        deliver.deliver(arrays)  # 3 deliver
        deliver.project(arrays)
        signal.add_up(arrays)  # 4 signal
        signal.signal(arrays)
        signal.add_up_offers(arrays)
        states.do("expose")
        strength.strengthen(arrays)  # 5 strength
        beijing.respond(arrays)  # 6 Beijing
        beijing.stand_together(arrays)
        for phase in ("perceive", "engage", "judge", "align", "live", "settle"):  # 7-10
            states.do(phase)
        beijing.escalate(arrays)  # 11 crises
        crises.break_out(arrays)
        settle.settle_world(arrays)
        settle.show(arrays, self.arrays.event)
        assess.assess(arrays)
        read_outcomes(arrays, self.outcomes)
        self.quarter += 1
        self.datacollector.collect(self)

    def agents_of(self, kind: type[mesa.Agent]) -> mesa.agent.AgentSet:
        """The agents of a kind, in the order in which they were made."""
        return self.agents.select(lambda agent: isinstance(agent, kind))

    def run(self) -> AlignmentModel:
        """Play every quarter that is left and return the model."""
        while self.quarter < self.scenario.quarters:
            self.step()
        return self

    def forget(self) -> None:
        """Let go of the model: Mesa 3.3 keeps every model alive through its agents' class; call after many small runs."""
        ids: Any = getattr(mesa.Agent, "_ids", None)
        if hasattr(ids, "pop"):
            ids.pop(self, None)


def _outcome_reader(k: int) -> Any:
    return lambda model: float(model.outcomes[k])


def _field_reader(name: str) -> Any:
    return lambda agent: getattr(agent, name) if isinstance(agent, StateAgent) else None
