"""Kills of writers at random moments, while another writes on, and what is left afterwards."""

import random
import time
from contextlib import ExitStack
from itertools import count
from multiprocessing.process import BaseProcess
from pathlib import Path

import attrs

from phananh import Desk
from tests.desk import people as p
from tests.faults.places import Place
from tests.faults.stories import TALE
from tests.faults.whole import check_whole
from tests.faults.writers import (
    Notes,
    Writer,
    read_asked,
    read_told,
    run_process,
    wait_for_act,
    write_until_killed,
)
from tests.servers.postgres import PostgresServer

_EVERY = 10  # kills, and then others share other cases: a history is not to grow for ever


@attrs.frozen
class Survived:
    """How many kills there were, and how many acts were acknowledged and are there."""

    kills: int
    acknowledged: int
    cases: int


@attrs.frozen
class _Running:
    process: BaseProcess
    notes: Notes
    life: ExitStack


def kill_writers(place: Place, folder: Path, *, kills: int, seed: int = 2370) -> Survived:
    """Kill one of two writers so many times, each time at a random moment; check the rest."""
    chance, names = random.Random(seed), count()
    with ExitStack() as lives:
        shared = share_cases(place, folder, "s0")
        pair = [_start(lives, place, folder, next(names), shared) for _ in range(2)]
        for i in range(kills):
            if i % _EVERY == 0:
                shared = share_cases(place, folder, f"s{i}-")
            victim = pair.pop(0)
            wait_for_act(victim.process, victim.notes)
            time.sleep(chance.random() ** 2 * 0.1)
            victim.life.close()
            pair.append(_start(lives, place, folder, next(names), shared))
            wait_for_act(pair[0].process, pair[0].notes)  # nobody waits for the dead
    return check_survivors(place, folder, kills=kills)


def kill_server(
    server: PostgresServer, place: Place, folder: Path, *, kills: int, seed: int = 2370
) -> Survived:
    """Stop the server so many times as in a crash, while two write; they go on by themselves.

    The writers are killed at the end. Until then they send each act again until it is done.
    """
    chance = random.Random(seed)
    with ExitStack() as lives:
        shared = share_cases(place, folder, "s0")
        pair = [_start(lives, place, folder, number, shared) for number in range(2)]
        for i in range(kills):
            for writer in pair:
                wait_for_act(writer.process, writer.notes)
            time.sleep(chance.random() ** 2 * 0.2)
            if i % 2:
                server.kill()
                server.start()
            else:
                server.restart("immediate")
        for writer in pair:
            wait_for_act(writer.process, writer.notes)
    server.restart("immediate")  # or it may commit what the dead asked for amid the check
    return check_survivors(place, folder, kills=kills)


def _start(
    lives: ExitStack, place: Place, folder: Path, number: int, shared: tuple[str, ...]
) -> _Running:
    life = lives.enter_context(ExitStack())
    args = (place, str(folder), f"w{number}", shared)
    process = life.enter_context(run_process(write_until_killed, *args))
    return _Running(process, Notes(folder, f"w{number}"), life)


def share_cases(place: Place, folder: Path, name: str) -> tuple[str, ...]:
    """Receive three cases for all writers, and return their ids."""
    with place.open() as store:
        hand = p.Hand()
        writer = Writer(Desk(store=store, clock=hand), hand, Notes(folder, name))
        return tuple(writer.act(None, TALE[0][1], f"{name}.{i}").id for i in range(3))


def check_survivors(place: Place, folder: Path, *, kills: int) -> Survived:
    """Check in a fresh store that what was acknowledged is there, and nothing is half done."""
    told = read_told(folder)
    with place.open() as store:
        cases = check_whole(store, acknowledged=told, named=read_asked(folder))
    return Survived(kills, len(told), len(cases))
