"""Grades one notebook. Runs in a process of its own, so that nothing a submission does ends the grading of others."""

import secrets
import time

from teaching import submissions
from teaching.kernels import Kernel

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
    refused = {step.key: step.refused for step in plan.steps if step.refused}
    deadline = time.monotonic() + limits.total_seconds
    while True:
        results, culprit = attempt(plan.steps, refused, limits, deadline)
        if culprit is None:
            break
        refused[culprit.key] = culprit.refused
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


def attempt(steps, refused, limits, deadline):
    """Executes the steps in a fresh kernel; stops at one after which it cannot go on and names the culprit."""
    results, suspect = {}, None
    with Kernel(limits, deadline) as kernel:
        for step in steps:
            if step.key in refused:
                continue
            result = results[step.key] = kernel.run(step.source)
            if step.kind != "own":
                suspect = step
            if result.lost or (step.kind == "own" and result.error):
                if suspect is None:
                    raise Broken(f"the cell that begins with {first_line(step.source)!r}: {result.lost or result.error}")
                what = result.lost if suspect is step else f"after it the notebook's own cells fail: {result.lost or result.error}"
                suspect.refused = what
                if time.monotonic() < deadline:
                    return results, suspect
                late = {rest.key: "the whole took too long" for rest in steps if rest.key not in results}
                refused.update({**late, **refused, suspect.key: what})
                return results, None
    return results, None


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
