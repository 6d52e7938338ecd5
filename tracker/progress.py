"""How far goals are. The twin of client/src/sync/progress.ts; tests/vectors/progress.json runs against both."""

from collections.abc import Sequence

from tracker.fields import Source


def current_value(source: Source, start_value: float, current: float, done_linked_tasks: int) -> float:
    """What a key result shows now: what people measured, or its start and the linked tasks that are done."""
    return start_value + done_linked_tasks if source == "task_count" else current


def key_result_progress(start_value: float, target_value: float, current: float) -> float:
    """From 0 to 1, also for targets below the start. Start and target are never equal."""
    return min(1.0, max(0.0, (current - start_value) / (target_value - start_value)))


def goal_progress(key_results: Sequence[float]) -> float | None:
    """The mean of its key results' progress; None for a goal without any."""
    return sum(key_results) / len(key_results) if key_results else None
