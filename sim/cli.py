"""The command `sim`. Everything heavy is imported inside the verb that needs it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from sim.views.analysis_command import analyse, result_folder
from sim.views.calibration_command import calibrate
from sim.views.explanation_command import explain
from sim.views.options import FORMATS, running_options
from sim.views.validation_command import validate

if TYPE_CHECKING:
    from sim.inputs.coding import Choice
    from sim.inputs.experiment import Experiment
    from sim.runs.result import Result

GOOD, BAD_INPUT, SOME_RUNS_FAILED, INTERRUPTED = 0, 2, 3, 130
NO_ROOM, READER_GONE = 1, 1
KINDS_OF_LISTS = (
    "scenarios", "experiments", "instruments", "actors", "outcomes", "worldviews", "mechanisms", "perspectives",
    "events",
)  # fmt: skip
KINDS_OF_FIGURES = ("differences", "distributions", "fans", "positions", "shifts")


class Command(click.Group):
    """Turns errors into one message and the documented exit status; a traceback means a bug."""

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run the command line and leave with its status."""
        extra["standalone_mode"] = False
        try:
            with _stopped_by_request():
                status = super().main(*args, **extra)
            sys.stdout.flush()
        except click.ClickException as problem:
            problem.show()
            sys.exit(BAD_INPUT)
        except (KeyboardInterrupt, click.Abort):
            click.echo("interrupted; nothing unfinished was kept", err=True)
            sys.exit(INTERRUPTED)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(READER_GONE)
        except OSError as problem:
            click.echo(f"error: {problem}", err=True)
            sys.exit(NO_ROOM)
        except Exception as problem:
            if not _is_users_mistake(problem):
                raise
            click.echo(f"error: {problem}", err=True)
            sys.exit(BAD_INPUT)
        sys.exit(status if isinstance(status, int) else GOOD)


@contextmanager
def _stopped_by_request() -> Iterator[None]:
    """Take a polite request to end (SIGTERM) like Ctrl-C, so that nothing half-written stays behind."""

    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, interrupt)
    except ValueError:  # not in the main thread, where signals do not arrive
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _is_users_mistake(problem: Exception) -> bool:
    """Whether it is one of the errors that carry a message for the user (imported only if something went wrong)."""
    from sim.inputs.documents import InputError
    from sim.runs.store import DamagedResultError

    return isinstance(problem, InputError | DamagedResultError)


def _print_version(context: click.Context, _: click.Parameter, is_asked: bool) -> None:
    if is_asked and not context.resilient_parsing:
        import sim

        click.echo(f"sim {sim.__version__}")
        context.exit()


@click.group(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version.",
)
def main() -> None:
    """NATO's profile in the Indo-Pacific: every policy under every rival theory, compared by paired runs.

    It compares options and shows what a conclusion hangs on. It does not forecast.
    """


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--members", type=int, metavar="N", help="Draws of everything uncertain.")
@click.option("--replicates", type=int, metavar="N", help="Draws of chance for each member.")
@running_options
def run(
    files: tuple[str, ...],
    members: int | None,
    replicates: int | None,
    worldviews: str | None,
    seed: int | None,
    coding: Choice | None,
    correlation: float | None,
    **how: Any,
) -> int:
    """Run scenarios or experiments: files, or names from `sim list`.

    A scenario is run beside the baseline. Prints one screen; tables, manifest and figures go to a folder of their own.
    """
    from sim.api import experiment_of, resized

    experiments = [
        resized(
            _with_paths(experiment_of(file, coding)), members=members, replicates=replicates,
            worldviews=_listed(worldviews), random_seed=seed, correlation=correlation,
        )
        for file in files
    ]  # fmt: skip
    return _run_all(experiments, **how)


@main.command()
@click.argument("scenarios", nargs=-1, required=True, metavar="A B...")
@click.option("--against", metavar="NAME", help="Compare with this scenario; default: course_of_2024.")
@click.option(
    "--members", type=int, default=100, show_default=True, metavar="N", help="Draws of everything uncertain."
)
@click.option(
    "--replicates",
    type=int,
    default=1,
    show_default=True,
    metavar="N",
    help="Draws of chance for each member.",
)
@running_options
def compare(
    scenarios: tuple[str, ...],
    against: str | None,
    members: int,
    replicates: int,
    worldviews: str | None,
    seed: int | None,
    coding: Choice | None,
    correlation: float | None,
    **how: Any,
) -> int:
    """Run scenarios side by side: the same members, the same luck."""
    from sim.api import comparison_of
    from sim.inputs.choices import SCREEN
    from sim.inputs.experiment import changed

    experiment = comparison_of(
        scenarios, members=members, replicates=replicates, worldviews=_listed(worldviews) or "all",
        random_seed=0 if seed is None else seed, against=against, kept=SCREEN, coding=coding or "merged",
    )  # fmt: skip
    experiment = changed(experiment, correlation=correlation)
    return _run_all([experiment], **how)


@main.command()
@click.argument("result", metavar="RESULT", type=click.Path(path_type=Path))
@click.option("--kind", "kinds", type=click.Choice(KINDS_OF_FIGURES), multiple=True, help="Default: all.")
@click.option(
    "--outcome",
    "outcomes",
    multiple=True,
    metavar="NAME",
    help="Default: those of the one-screen answer; or all.",
)
@click.option(
    "--policy",
    "policies",
    multiple=True,
    metavar="NAME",
    help="For positions; default: the baseline; or all.",
)
@click.option(
    "--by",
    type=click.Choice(("policy", "worldview")),
    default="policy",
    show_default=True,
    help="What the rows of distributions are.",
)
@click.option("--perspective", metavar="NAME", help="Whose eyes decide what is better.")
@click.option(
    "--format",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    default=("png",),
    help="May be given twice.",
)
def plot(
    result: Path,
    kinds: tuple[str, ...],
    outcomes: tuple[str, ...],
    policies: tuple[str, ...],
    by: str,
    perspective: str | None,
    formats: tuple[str, ...],
) -> None:
    """Draw figures of a result into its own folder."""
    from sim.runs.result import read_result
    from sim.views.figures import FOLDER, chosen_outcomes, chosen_perspective, chosen_policies, draw_figures

    found = read_result(result_folder(result))
    assert found.folder is not None
    written = draw_figures(
        found,
        found.folder / FOLDER,
        kinds=kinds or KINDS_OF_FIGURES,
        outcomes=chosen_outcomes(found, outcomes),
        policies=chosen_policies(found, policies),
        by=by,
        formats=formats,
        perspective=chosen_perspective(found, perspective),
    )
    for path in written:
        click.echo(path)


@main.command("list")
@click.argument("kind", required=False, type=click.Choice(KINDS_OF_LISTS))
def list_(kind: str | None) -> None:
    """Show what there is: scenarios, instruments, actors …

    Tables on a terminal; tab-separated lines into a pipe.
    """
    from sim.views.listing import print_kinds, print_table

    if kind is None:
        print_kinds()
    else:
        print_table(kind)


@main.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
def evidence(names: tuple[str, ...]) -> None:
    """Show where a number comes from.

    NAME is an instrument, mechanism, actor, actor.attribute, attribute, parameter, outcome, worldview, perspective or
    claim, by name or id; or `agreement`: how far the two coders agree.
    """
    from sim.inputs.evidence import load_seeds
    from sim.views.evidence import pages, print_pages

    seeds = load_seeds()
    found = [page for name in names for page in pages(name, seeds)]
    print_pages(found)


main.add_command(analyse)
main.add_command(explain)
main.add_command(calibrate)
main.add_command(validate)


def _run_all(
    experiments: Sequence[Experiment],
    *,
    threads: int | None,
    out: Path,
    perspective: str | None,
    formats: tuple[str, ...],
    no_figures: bool,
    quiet: bool,
    is_dry: bool,
) -> int:
    """Run, draw and answer, one experiment after the other; the exit status."""
    from sim.api import perform
    from sim.inputs.choices import perspective_slug
    from sim.inputs.evidence import load_seeds
    from sim.views.progress import Progress

    if perspective is not None:
        perspective_slug(perspective, load_seeds())
    if is_dry:
        return _plan(experiments, threads=threads, out=out, is_quiet=quiet)
    status = GOOD
    for experiment in experiments:
        with Progress(is_quiet=quiet) as progress:
            result = perform(experiment, threads=threads, out=out, watcher=progress)
        _answer(
            result,
            perspective or experiment.perspective,
            formats=() if no_figures else formats,
            is_quiet=quiet,
        )
        if set(result.manifest["status"]) != {"ok"}:
            status = SOME_RUNS_FAILED
    return status


def _plan(experiments: Sequence[Experiment], *, threads: int | None, out: Path, is_quiet: bool) -> int:
    """What `_run_all` would do, without doing it; what would be refused is refused here too."""
    from sim.api import folder_of
    from sim.runs.estimate import estimated
    from sim.views.plans import Plan, print_plans

    plans = [Plan(one, estimated(one, threads), folder_of(one, out)) for one in experiments]
    print_plans(plans, is_quiet=is_quiet)
    return GOOD


def _answer(result: Result, perspective: str, *, formats: tuple[str, ...], is_quiet: bool) -> None:
    """The table of differences, the screen, then the figures: nobody waits for a picture to read the answer."""
    from sim.views.figures import FOLDER, draw_figures, first_kinds
    from sim.views.labels import counted
    from sim.views.progress import note
    from sim.views.screen import print_screen, write_contrasts

    assert result.folder is not None
    if result.is_reused and not is_quiet:
        note(f"already there: the same experiment, seed and model version is in {result.folder}")
    write_contrasts(result, perspective, result.folder / "contrasts.csv")
    if is_quiet:
        click.echo(result.folder)
    else:
        print_screen(result, perspective)
    if formats:
        if not is_quiet:
            note("drawing figures …")
        folder = result.folder / FOLDER
        figures = draw_figures(
            result, folder, kinds=first_kinds(result), formats=formats, perspective=perspective
        )
        if not is_quiet:
            click.echo(f"Figures  {folder} ({counted(len(figures), 'file')})")


def _with_paths(experiment: Experiment) -> Experiment:
    """A lone scenario's experiment keeps the screen's outcomes per quarter, for the fans; files say what they keep."""
    from dataclasses import replace

    scenarios = {one.slug for one in (*experiment.policies, *experiment.futures)}
    if experiment.paths or experiment.slug not in scenarios:
        return experiment
    return replace(experiment, paths=experiment.screen)


def _listed(text: str | None) -> list[str] | str | None:
    """`W1,W3` as a list; `all` stays a word."""
    if text is None or text.strip() == "all":
        return None if text is None else "all"
    return [part.strip() for part in text.split(",") if part.strip()]


if __name__ == "__main__":
    main()
