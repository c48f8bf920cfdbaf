"""Grades one notebook. Runs in a process of its own, so that nothing a submission does ends the grading of others."""

import secrets
import time
from dataclasses import dataclass, field

from course import submissions
from course.kernels import Kernel

EXERCISE = "application/vnd.mechanics.exercise+json"


def grade(sheet, path, limits):
    """The points of a submission to a sheet, as plain values; `path` is None if it is missing."""
    report = {"problem": "", "notes": [], "report": False,
              "exercises": {e.id: {"points": e.points, "earned": 0.0, "remark": "", "checks": []}
                            for e in sheet.exercises.values()}}
    try:
        if path is None:
            raise submissions.Unreadable("not handed in")
        cells = submissions.read(path)
    except submissions.Unreadable as problem:
        report["problem"] = str(problem)
        return report
    seals = {exercise: secrets.token_hex(16) for exercise in sheet.exercises}
    plan = submissions.plan(sheet, cells, seals)
    report["notes"], report["report"] = plan.notes, plan.report
    results, refused = execute(plan.steps, limits)
    for step in plan.steps:
        if step.kind == "test":
            report["exercises"][step.exercise].update(
                marks(sheet.exercises[step.exercise], seals[step.exercise], step, plan.steps, results, refused))
        elif step.kind == "extra" and step.key in refused:
            report["notes"].append(f"an extra cell was left out: {refused[step.key]}")
        elif step.kind == "extra" and results[step.key].error:
            report["notes"].append(f"an extra cell fails: {results[step.key].error}")
    for step in plan.steps:
        if step.kind == "answer" and step.key in results:
            report["exercises"][step.exercise]["answer_error"] = results[step.key].error
    for exercise in plan.untouched:
        entry = report["exercises"][exercise]
        entry["remark"] = "not answered" + (f", yet {entry['earned']:g} points" if entry["earned"] else "")
    return report


class Broken(Exception):
    """A cell of the assignment itself fails, before any cell of a student has run."""


@dataclass
class Attempt:
    """How far an execution of the steps came in one kernel."""

    results: dict  # by the steps' keys
    stopped_at: int  # place of the step after which it could not go on; the number of steps if it came through
    why: str = ""
    suspects: list = field(default_factory=list)  # steps that may have caused it, the likeliest first


def execute(steps, limits):
    """The results of the steps, and of those that had to be left out, why: a cell that ends its kernel, hangs or breaks
    the notebook's own cells is left out of a new attempt, so that the other answers get their points."""
    refused = {step.key: step.refused for step in steps if step.refused}
    deadline = time.monotonic() + limits.total_seconds
    while True:
        last = attempt(steps, refused, limits, deadline)
        if time.monotonic() > deadline:
            late = {step.key: "the whole took too long" for step in steps if step.key not in last.results}
            return last.results, {**late, **refused, **{step.key: last.why for step in last.suspects[:1]}}
        if not last.suspects:
            return last.results, refused
        refused.update({step.key: last.why for step in culprits(last, steps, refused, limits, deadline)})


def culprits(last, steps, refused, limits, deadline):
    """The one among several suspects without which the execution comes further; all of them if no single one is."""
    for suspect in last.suspects if len(last.suspects) > 1 else []:
        if attempt(steps, {**refused, suspect.key: ""}, limits, deadline).stopped_at > last.stopped_at:
            return [suspect]
    return last.suspects


def attempt(steps, refused, limits, deadline):
    """Executes the steps that are not refused in a fresh kernel, up to one after which it cannot go on."""
    results, before = {}, []
    with Kernel(limits, deadline) as kernel:
        for place, step in enumerate(steps):
            if step.key in refused:
                continue
            result = results[step.key] = kernel.run(step.source)
            if step.kind != "own" and result.lost:
                return Attempt(results, place, result.lost, [step])
            if step.kind == "own" and (result.lost or result.error):
                what = result.lost or result.error
                if not before:
                    raise Broken(f"the cell that begins with {first_line(step.source)!r}: {what}")
                suspects = sorted(reversed(before), key=lambda s: ("extra", "answer", "test").index(s.kind))
                return Attempt(results, place, f"after it the notebook's own cells fail: {what}", suspects)
            if step.kind != "own":
                before.append(step)
    return Attempt(results, len(steps))


def marks(exercise, seal, step, steps, results, refused):
    """The points for an exercise and a remark, from the sealed value of its cell of tests."""
    answer = next((s for s in steps if s.kind == "answer" and s.exercise == exercise.id), None)
    if step.key in refused:
        return {"remark": refused[step.key]}
    result = results[step.key]
    sealed = [value[EXERCISE] for value in result.values if isinstance(value.get(EXERCISE), dict)
              and value[EXERCISE].get("id") == f"{exercise.id}#{seal}"]
    if answer is not None and answer.key in refused:
        return {"remark": refused[answer.key]}
    if result.error or len(sealed) != 1:
        compiled = results[answer.key].error if answer is not None else ""
        remark = (f"the answer fails: {compiled}" if compiled else result.error) or "the tests gave no result"
        return {"remark": remark.replace(f"#{seal}", ""), "test_error": result.error.replace(f"#{seal}", "")}
    checks = [{"what": str(check.get("what"))[:200], "passed": check.get("passed") is True, "remark": str(check.get("remark"))[:300]}
              for check in sealed[0].get("checks", []) if isinstance(check, dict)]
    passed = sum(check["passed"] for check in checks)
    failed = [f"{check['what']}: {check['remark']}" if check["remark"] else check["what"]
              for check in checks if not check["passed"]]
    return {"earned": round(exercise.points * passed / len(checks), 6) if checks else 0.0, "checks": checks,
            "remark": "; ".join(failed)}


def first_line(text):
    return next((line.strip() for line in text.splitlines() if line.strip()), "")[:60]
