"""Speaks Jupyter's protocol for the tests: one JSON request a line on standard input, one JSON reply a line on output.

Requests are {"do": NAME, "kernel": KEY, ...}; replies are {"ok": true, ...} or {"ok": false, "error": TEXT}.
"""
import json
import os
import queue
import sys
import threading
import time

from jupyter_client import KernelManager


class Kernel:
    """One running kernel and what it publishes."""

    def __init__(self, env):
        self.manager = KernelManager(kernel_name="java")
        self.log = open(env["KERNEL_LOG"], "ab") if "KERNEL_LOG" in env else None
        started = time.monotonic()
        self.manager.start_kernel(env={**os.environ, **env}, stderr=self.log, stdout=self.log)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=120)
        self.ready_seconds = time.monotonic() - started

    def send(self, code, options):
        return self.client.execute(code, **options)

    def collect(self, message, timeout, answers=()):
        """Everything published for a request until its kernel is idle, then the reply."""
        answers = list(answers)
        outputs, deadline = [], time.monotonic() + timeout
        while True:
            if time.monotonic() > deadline:
                raise TimeoutError("no end of cell after %s s; so far %s" % (timeout, outputs[-3:]))
            if answers:
                try:
                    self.client.get_stdin_msg(timeout=0.05)
                    self.client.input(answers.pop(0))
                except queue.Empty:
                    pass
            try:
                published = self.client.get_iopub_msg(timeout=0.2)
            except queue.Empty:
                if not self.manager.is_alive():
                    raise RuntimeError("the kernel died")
                continue
            if published["parent_header"].get("msg_id") != message:
                continue
            kind, content = published["msg_type"], published["content"]
            if kind == "status" and content["execution_state"] == "idle":
                break
            if kind != "status":
                outputs.append({"type": kind, **content})
        reply = self.client.get_shell_msg(timeout=10)
        while reply["parent_header"].get("msg_id") != message:
            reply = self.client.get_shell_msg(timeout=10)
        return {"outputs": join_streams(outputs), "reply": reply["content"]}

    def ask(self, message):
        reply = self.client.get_shell_msg(timeout=60)
        while reply["parent_header"].get("msg_id") != message:
            reply = self.client.get_shell_msg(timeout=60)
        return {"reply": reply["content"]}

    def stop(self, restart=False):
        if restart:
            self.manager.restart_kernel()
            self.client.wait_for_ready(timeout=60)
            return {}
        process = self.manager.provisioner.process
        started = time.monotonic()
        self.client.shutdown()
        self.client.stop_channels()
        try:
            code = process.wait(timeout=20)
        finally:
            self.manager.shutdown_kernel(now=True)
            if self.log:
                self.log.close()
        return {"exit": code, "seconds": time.monotonic() - started}


def join_streams(outputs):
    joined = []
    for output in outputs:
        if output["type"] == "stream" and joined and joined[-1]["type"] == "stream" \
                and joined[-1]["name"] == output["name"]:
            joined[-1]["text"] += output["text"]
        else:
            joined.append(dict(output))
    return joined


def main():
    kernels = {}
    replies = sys.stdout
    sys.stdout = sys.stderr

    def handle(request):
        key = request.get("kernel", "main")
        what = request["do"]
        if what == "start":
            kernels[key] = Kernel(request.get("env", {}))
            return {"seconds": kernels[key].ready_seconds}
        kernel = kernels[key]
        if what == "execute":
            message = kernel.send(request["code"], request.get("options", {}))
            interrupts = [threading.Timer(delay, kernel.manager.interrupt_kernel)
                          for delay in request.get("interrupt_after", [])]
            for interrupt in interrupts:
                interrupt.start()
            return kernel.collect(message, request.get("timeout", 120), request.get("answers", ()))
        if what == "begin":  # and do not wait for the end
            kernel.send(request["code"], {})
            time.sleep(request["seconds"])
            return {}
        if what == "execute_all":
            messages = [kernel.send(code, request.get("options", {})) for code in request["codes"]]
            return {"cells": [kernel.collect(message, 120) for message in messages]}
        if what == "complete":
            return kernel.ask(kernel.client.complete(request["code"], request["cursor"]))
        if what == "inspect":
            return kernel.ask(kernel.client.inspect(request["code"], request["cursor"]))
        if what == "is_complete":
            return kernel.ask(kernel.client.is_complete(request["code"]))
        if what == "info":
            return kernel.ask(kernel.client.kernel_info())
        if what == "restart":
            return kernel.stop(restart=True)
        if what == "stop":
            return kernels.pop(key).stop()
        raise ValueError("unknown request " + what)

    for line in sys.stdin:
        try:
            reply = {"ok": True, **handle(json.loads(line))}
        except Exception as error:  # told to the test, which fails
            reply = {"ok": False, "error": "%s: %s" % (type(error).__name__, error)}
        replies.write(json.dumps(reply, default=str) + "\n")
        replies.flush()
    for kernel in kernels.values():
        kernel.stop()


if __name__ == "__main__":
    main()
