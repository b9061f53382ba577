"""Keeps apart the running of calls and the moments in which a load changes torch for the whole process.

Libraries construct a model with torch's default dtype set to that of its weights; a call in another thread
would then round its own tensors. Loads wait for the end of a call at those moments, and calls for theirs,
which are short: the weights are read outside them.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import torch


class Gate:
    """Lets through either a call, or a load that has changed the default dtype."""

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._calling = False
        self._changed = False

    @contextmanager
    def calling(self) -> Iterator[None]:
        """The default dtype stays what it is inside."""
        with self._turn:
            self._turn.wait_for(lambda: not self._changed)
            self._calling = True
        try:
            yield
        finally:
            with self._turn:
                self._calling = False
                self._turn.notify_all()

    @contextmanager
    def loading(self) -> Iterator[None]:
        """Whoever changes the default dtype inside, in this thread, waits until no call runs.

        It is put back at the end: diffusers does not when a model cannot be constructed.
        """
        usual, set_default, loader = torch.get_default_dtype(), torch.set_default_dtype, threading.get_ident()

        def set_in_turn(dtype: torch.dtype) -> None:
            if threading.get_ident() == loader and dtype != usual:
                self._change()
            set_default(dtype)
            if threading.get_ident() == loader and dtype == usual:
                self._change_back()

        torch.set_default_dtype = set_in_turn
        try:
            yield
        finally:
            torch.set_default_dtype = set_default
            set_default(usual)
            self._change_back()

    def _change(self) -> None:
        with self._turn:
            self._changed = True
            self._turn.wait_for(lambda: not self._calling)

    def _change_back(self) -> None:
        with self._turn:
            self._changed = False
            self._turn.notify_all()
