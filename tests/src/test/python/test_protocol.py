"""Every message of Jupyter's protocol 5.3 to the real kernel: what it answers, in what order, and what it survives."""

import json
import queue
import time
import unittest

import zmq
from jupyter_client import KernelManager

LIMIT = 60  # seconds for an answer; a hang shows as a failure


def start(**variables):
    import os

    manager = KernelManager(kernel_name="java")
    manager.start_kernel(env={**os.environ, **variables}, stdout=open(os.devnull, "w"), stderr=open(os.devnull, "w"))
    client = manager.client()
    client.context.setsockopt(zmq.RCVHWM, 0)
    client.start_channels()
    client.wait_for_ready(timeout=120)
    try:
        while True:  # it asks more than once, and its answers are not ours
            client.get_shell_msg(timeout=1)
    except queue.Empty:
        return manager, client


class Protocol(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.manager, cls.client = start()

    @classmethod
    def tearDownClass(cls):
        cls.client.stop_channels()
        cls.manager.shutdown_kernel(now=True)

    # ------------------------------------------------------------------ sending and receiving

    def send(self, kind, content, channel="shell"):
        message = self.client.session.msg(kind, content)
        getattr(self.client, f"{channel}_channel").send(message)
        return message["header"]["msg_id"]

    def frames(self, kind, body, signature=None, **parts):
        """The frames of a message as they travel; parts of it may be replaced by other bytes."""
        header = {**self.client.session.msg_header(kind)}
        header["date"] = header["date"].isoformat()
        plain = {"header": json.dumps(header), "parent": "{}", "metadata": "{}", "content": json.dumps(body)}
        raw = [parts.get(name, text.encode()) for name, text in plain.items()]
        return header["msg_id"], [b"<IDS|MSG>", signature or self.client.session.sign(raw), *raw]

    def send_frames(self, frames, channel="shell"):
        getattr(self.client, f"{channel}_channel").socket.send_multipart(frames)

    def published(self, request):
        """What is published for a request, from busy to idle."""
        found, end = [], time.monotonic() + LIMIT
        while time.monotonic() < end:
            try:
                message = self.client.get_iopub_msg(timeout=1)
            except queue.Empty:
                continue
            if message["parent_header"].get("msg_id") == request:
                found.append(message)
                if message["content"].get("execution_state") == "idle":
                    return found
        self.fail(f"no idle after {LIMIT} s: {[m['msg_type'] for m in found]}")

    def reply(self, request, channel="shell"):
        get = getattr(self.client, f"get_{channel}_msg")
        while True:
            try:
                message = get(timeout=LIMIT)
            except queue.Empty:
                self.fail("no reply")
            if message["parent_header"].get("msg_id") == request:
                return message

    def ask(self, kind, content, channel="shell"):
        """Sends a request; checks the form of everything that comes back; returns the reply's content and what came."""
        request = self.send(kind, content, channel)
        reply = self.reply(request, channel)
        published = self.published(request)
        self.assertEqual(reply["msg_type"], kind.replace("_request", "_reply"))
        for message in [reply, *published]:
            header = message["header"]
            self.assertEqual(header["version"], "5.3")
            for field in ("msg_id", "username", "session"):
                self.assertIsInstance(header[field], str)
            self.assertEqual(str(type(header["date"])), "<class 'datetime.datetime'>", "ISO 8601, or it stays a text")
            self.assertEqual(message["parent_header"]["msg_type"], kind)
        self.assertIn(reply["content"]["status"], ("ok", "error", "complete", "incomplete", "invalid", "unknown"))
        states = [m["content"]["execution_state"] for m in published if m["msg_type"] == "status"]
        self.assertEqual(states, ["busy", "idle"])
        self.assertEqual(published[0]["msg_type"], "status")
        return reply["content"], published[1:-1]

    def execute(self, code, **options):
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False,
                   "stop_on_error": False, **options}
        return self.ask("execute_request", content)

    def assert_alive(self):
        content, outputs = self.execute("40 + 2")
        self.assertEqual(content["status"], "ok")
        self.assertEqual(outputs[-1]["content"]["data"]["text/plain"], "42")

    # ------------------------------------------------------------------ execute

    def test_execute_publishes_input_streams_result_and_counts(self):
        content, outputs = self.execute('System.out.print("a"); System.err.print("b"); 7')
        self.assertEqual([m["msg_type"] for m in outputs], ["execute_input", "stream", "stream", "execute_result"])
        self.assertEqual(outputs[0]["content"]["execution_count"], content["execution_count"])
        self.assertEqual(outputs[3]["content"]["execution_count"], content["execution_count"])
        self.assertEqual([m["content"]["name"] for m in outputs[1:3]], ["stdout", "stderr"])
        self.assertEqual(content["user_expressions"], {})
        self.assertEqual(self.execute("1")[0]["execution_count"], content["execution_count"] + 1)

    def test_an_error_is_published_and_replied(self):
        content, outputs = self.execute('throw new IllegalStateException("why");')
        self.assertEqual((content["status"], content["ename"], content["evalue"]), ("error", "IllegalStateException", "why"))
        self.assertEqual(outputs[-1]["msg_type"], "error")
        self.assertEqual(outputs[-1]["content"]["traceback"], content["traceback"])

    def test_silent_publishes_nothing_and_counts_nothing(self):
        before = self.execute("1")[0]["execution_count"]
        content, outputs = self.execute("8", silent=True, store_history=False)
        self.assertEqual((content["status"], outputs), ("ok", []))
        self.execute("9", store_history=False)
        self.assertEqual(self.execute("1")[0]["execution_count"], before + 1)

    def test_user_expressions_are_evaluated_and_their_failure_is_theirs(self):
        content, _ = self.execute("int base = 3;", user_expressions={
            "value": "base * 2", "wrong": "nowhere", "thrown": "1 / (base - 3)", "list": "List.of(base)"})
        found = content["user_expressions"]
        self.assertEqual(found["value"]["status"], "ok")
        self.assertEqual(found["value"]["data"], {"text/plain": "6"})
        self.assertEqual(found["value"]["metadata"], {})
        self.assertEqual(found["list"]["data"]["text/plain"], "[3]")
        self.assertEqual((found["wrong"]["status"], found["wrong"]["ename"]), ("error", "CompileError"))
        self.assertEqual(found["thrown"]["ename"], "ArithmeticException")
        self.assertEqual(content["status"], "ok")

    def test_fields_that_are_left_out_have_the_protocols_defaults(self):
        before = self.execute("1")[0]["execution_count"]
        content, outputs = self.ask("execute_request", {"code": "5"})
        self.assertEqual(content["execution_count"], before + 1)
        self.assertEqual(outputs[-1]["msg_type"], "execute_result")

    def test_what_waits_behind_a_failure_is_aborted_only_if_asked(self):
        for stop, expected in ((True, "error"), (False, "ok")):
            requests = [self.send("execute_request", {"code": code, "stop_on_error": stop, "allow_stdin": False})
                        for code in ('Thread.sleep(500); throw new RuntimeException();', "1")]
            for request in requests:
                self.published(request)
            self.assertEqual(self.reply(requests[1])["content"]["status"], expected)

    def test_input_is_asked_for_only_where_it_is_allowed(self):
        request = self.send("execute_request", {"code": "new Scanner(System.in).nextLine()", "allow_stdin": True})
        asked = self.client.get_stdin_msg(timeout=LIMIT)
        self.assertEqual(asked["msg_type"], "input_request")
        self.assertEqual(asked["content"]["password"], False)
        self.client.input("typed")
        published = self.published(request)
        self.assertEqual(published[-2]["content"]["data"]["text/plain"], "typed")
        self.reply(request)
        content, _ = self.execute("new Scanner(System.in).nextLine()", allow_stdin=False)
        self.assertEqual(content["ename"], "NoSuchElementException")

    def test_displays_are_updated_and_cleared(self):
        _, outputs = self.execute('var id = display("one"); updateDisplay(id, "two");')
        self.assertEqual([m["msg_type"] for m in outputs[1:]], ["display_data", "update_display_data"])
        self.assertEqual(*[m["content"]["transient"]["display_id"] for m in outputs[1:]])

    # ------------------------------------------------------------------ help

    def test_complete(self):
        self.execute("int länge = 1;")
        for code, cursor, match in (("Math.sqr", None, "sqrt("), ("läng", None, "länge"), ("Math.sqr + 1", 8, "sqrt("),
                                    ('"😀"; Math.sqr', None, "sqrt(")):
            cursor = len(code) if cursor is None else cursor
            content, _ = self.ask("complete_request", {"code": code, "cursor_pos": cursor})
            self.assertEqual(content["status"], "ok")
            self.assertIn(match, content["matches"], code)
            self.assertEqual(content["cursor_end"], cursor)
            self.assertTrue(match.startswith(code[content["cursor_start"]:content["cursor_end"]]), code)
            self.assertEqual(content["metadata"], {})

    def test_nothing_completes_where_there_is_no_code(self):
        for code in ("// Math.sq", "/* Math.sq", '"Math.sq', "'M", '"""\nMath.sq', "😀", "int x = 😀", 'f("a", "Math.sq', "§", "1 // a\n// b"):
            content, _ = self.ask("complete_request", {"code": code, "cursor_pos": len(code)})
            self.assertEqual(content["matches"], [], code)

    def test_inspect(self):
        content, _ = self.ask("inspect_request", {"code": "Math.sqrt", "cursor_pos": 9, "detail_level": 0})
        self.assertTrue(content["found"])
        self.assertIn("sqrt", content["data"]["text/plain"])
        for code in ("nowhere.toBeFound", "// Math.sqrt", ""):
            content, _ = self.ask("inspect_request", {"code": code, "cursor_pos": len(code), "detail_level": 1})
            self.assertEqual((content["status"], content["found"], content["data"]), ("ok", False, {}), code)

    def test_is_complete(self):
        expected = {
            "complete": ("1 + 1", "int a = 1;", "", " ", "for (;;) {}", "if (a) b();", "%maven a:b:1", "record P(int x) {}", "while (x) ;",
                         "import java.util.*;", "void f() {}", "x -> 1", "switch (1) { default -> {} }", "@Deprecated class A {}"),
            "incomplete": ("1 +", "for (int i = 0; i < 3; i++)", "while (true)", "if (x > 0)", "label:", "if (a) {} else", "f(", "class A {",
                           '"""\ntext', "/* a", "do", "try {}", "int f(", "for (;;)", "if (a) while (b)", "new int[] {1,"),
            "invalid": ("int i = 0x;", "int 3x = 4;", "int a = ;", "1 +* 2", "class 3 {}", "int = 3;", "}", "for (;) {}", "int x y;"),
        }
        for status, codes in expected.items():
            for code in codes:
                content, _ = self.ask("is_complete_request", {"code": code})
                self.assertEqual(content["status"], status, code)
                if status == "incomplete":
                    self.assertRegex(content["indent"], "^ *$")

    # ------------------------------------------------------------------ history, connect, comm, info, debug

    def test_history(self):
        codes = [f'"cell {i}"' for i in range(4)] + ['"cell 3"']
        counts = [self.execute(code)[0]["execution_count"] for code in codes]
        base = {"raw": True, "output": False}

        def history(**more):
            return self.ask("history_request", {**base, **more})[0]["history"]

        self.assertEqual(history(hist_access_type="tail", n=2), [[0, counts[3], codes[3]], [0, counts[4], codes[4]]])
        self.assertEqual(history(hist_access_type="range", session=0, start=counts[0], stop=counts[2]),
                         [[0, counts[0], codes[0]], [0, counts[1], codes[1]]])
        self.assertEqual(len(history(hist_access_type="range", session=0, start=counts[0], stop=None)), 5)
        self.assertEqual(history(hist_access_type="range", session=-7, start=1, stop=9), [])
        self.assertEqual(history(hist_access_type="search", pattern='"cell [*', n=9), [])
        self.assertEqual(len(history(hist_access_type="search", pattern='"cell ?"', n=9)), 5)
        self.assertEqual([entry[2] for entry in history(hist_access_type="search", pattern="*cell 3*", unique=True)], [codes[3]])
        self.assertEqual(history(hist_access_type="tail", n=1, output=True), [[0, counts[4], [codes[4], "cell 3"]]])
        content, _ = self.ask("history_request", {"hist_access_type": "no such"})
        self.assertEqual(content["status"], "error")

    def test_connect(self):
        content, _ = self.ask("connect_request", {})
        for name in ("shell_port", "iopub_port", "stdin_port", "hb_port", "control_port"):
            self.assertEqual(content[name], getattr(self.manager, name))

    def test_comms(self):
        content, _ = self.ask("comm_info_request", {})
        self.assertEqual((content["status"], content["comms"]), ("ok", {}))
        self.assertEqual(self.ask("comm_info_request", {"target_name": "none"})[0]["comms"], {})
        request = self.send("comm_open", {"comm_id": "c1", "target_name": "nobody", "data": {}})
        self.assertEqual([m["msg_type"] for m in self.published(request)], ["status", "comm_close", "status"])
        for kind in ("comm_msg", "comm_close"):
            request = self.send(kind, {"comm_id": "c1", "data": {}})
            self.assertEqual([m["msg_type"] for m in self.published(request)], ["status", "status"])
        self.execute("""
            kernel().getCommManager().registerTarget("echo", (manager, id, name, open) ->
                new org.dflib.jjava.jupyter.kernel.comm.Comm(manager, id, name) {
                    public void onMessage(org.dflib.jjava.jupyter.messages.Message<org.dflib.jjava.jupyter.messages.comm.CommMsgCommand> m) {
                        send(m.getContent().getData());
                    }
                    protected void onClose(org.dflib.jjava.jupyter.messages.Message<org.dflib.jjava.jupyter.messages.comm.CommCloseCommand> m,
                            boolean sending) {}
                });""")
        self.published(self.send("comm_open", {"comm_id": "c2", "target_name": "echo", "data": {}}))
        self.assertEqual(self.ask("comm_info_request", {})[0]["comms"], {"c2": {"target_name": "echo"}})
        self.send("comm_msg", {"comm_id": "c2", "data": {"n": 5}})
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            message = self.client.get_iopub_msg(timeout=LIMIT)
            if message["msg_type"] == "comm_msg":
                break
        self.assertEqual(message["content"]["data"], {"n": 5})

    def test_kernel_info_on_both_channels(self):
        for channel in ("shell", "control"):
            content, _ = self.ask("kernel_info_request", {}, channel)
            self.assertEqual((content["status"], content["protocol_version"]), ("ok", "5.3"))
            for field in ("implementation", "implementation_version", "banner"):
                self.assertIsInstance(content[field], str)
            self.assertEqual(content["language_info"]["name"], "java")
            self.assertEqual(content["language_info"]["file_extension"], ".java")
            self.assertTrue(all({"text", "url"} <= set(link) for link in content["help_links"]))

    def test_debug_says_that_there_is_no_debugger(self):
        content, _ = self.ask("debug_request", {"type": "request", "seq": 4, "command": "initialize"}, "control")
        self.assertEqual((content["success"], content["request_seq"], content["command"]), (False, 4, "initialize"))
        self.ask("debug_request", {}, "control")

    # ------------------------------------------------------------------ interrupt, shutdown

    def test_interrupt_while_running_while_showing_and_while_idle(self):
        self.execute("class Slow { public String toString() { while (true) {} } }")
        for code in ("while (true) {}", "Thread.sleep(100_000);", "new Slow()", 'display(new Slow());',
                     "new RuntimeException() { public String getMessage() { while (true) {} } }",
                     "throw new RuntimeException() { public String getMessage() { while (true) {} } };"):
            request = self.send("execute_request", {"code": code, "stop_on_error": False})
            time.sleep(1.5)
            content, _ = self.ask("interrupt_request", {}, "control")
            self.assertEqual(content["status"], "ok")
            self.published(request)
            self.assertIn(self.reply(request)["content"].get("ename"), ("Interrupted", None), code)
            self.assert_alive()
        self.ask("interrupt_request", {}, "control")
        self.assert_alive()

    def test_shutdown_replies_and_ends_the_process(self):
        for restart in (False, True):
            manager, client = start()
            message = client.session.msg("shutdown_request", {"restart": restart})
            client.control_channel.send(message)
            content = client.get_control_msg(timeout=LIMIT)["content"]
            self.assertEqual((content["status"], content["restart"]), ("ok", restart))
            self.assertEqual(manager.provisioner.process.wait(timeout=LIMIT), 0)
            client.stop_channels()
            manager.shutdown_kernel(now=True)

    # ------------------------------------------------------------------ what is no message

    def test_unknown_requests_are_refused_and_unknown_messages_are_only_busy_and_idle(self):
        content, _ = self.ask("usage_request", {})
        self.assertEqual((content["status"], content["ename"]), ("error", "UnknownRequest"))
        self.assertEqual(len(self.published(self.send("gossip", {}))), 2)
        self.assert_alive()

    def test_wrong_content_is_refused_and_the_kernel_goes_on(self):
        for kind, content in (("execute_request", {}), ("execute_request", {"code": 5}), ("execute_request", {"code": None}),
                              ("execute_request", {"code": "1", "user_expressions": [1]}), ("execute_request", {"code": ["1"]}),
                              ("execute_request", {"code": "1", "silent": {}}), ("complete_request", {"cursor_pos": 1}),
                              ("complete_request", {"code": "x", "cursor_pos": "one"}), ("inspect_request", {}),
                              ("is_complete_request", {}), ("history_request", {}), ("comm_info_request", {"target_name": []})):
            reply, _ = self.ask(kind, content)
            self.assertEqual(reply["status"], "error", (kind, content))
        for position in (-5, 10**6):
            self.ask("complete_request", {"code": "Math.", "cursor_pos": position})
            self.ask("inspect_request", {"code": "Math.", "cursor_pos": position})
        for raw in (b"", b"[]", b"{", b"nul", b"\xff\xfe", b"3"):
            for channel in ("shell", "control"):
                request, frames = self.frames("execute_request", {}, content=raw)
                self.send_frames(frames, channel)
                self.assertEqual(self.reply(request, channel)["content"]["status"], "error", raw)
                self.published(request)
        self.assert_alive()

    def test_frames_that_are_no_message_or_badly_signed_are_ignored(self):
        _, whole = self.frames("kernel_info_request", {})
        bad = [self.frames("execute_request", {"code": "1"}, signature=sign)[1] for sign in (b"x", b"0" * 64, "ü".encode(), b" ")]
        bad += [self.frames("execute_request", {"code": "1"}, header=raw)[1]
                for raw in (b"", b"{}", b"[]", b"{", b'{"msg_id": 3, "msg_type": []}', b'{"msg_id": "a"}', b"\xff")]
        bad += [whole[:n] for n in range(1, 6)] + [[b""], [b"nonsense"], [b""] * 9, [b"<IDS|MSG>"] * 7, whole[::-1]]
        for frames in bad:
            for channel in ("shell", "control"):
                self.send_frames(frames, channel)
        self.assert_alive()
        self.ask("kernel_info_request", {}, "control")


class Stress(unittest.TestCase):
    """Two streams and displays from threads that never rest, while cells begin and end."""

    CELLS = 300
    LINES = 20  # of each stream in a cell

    def test_nothing_is_lost_order_is_kept_and_the_reply_comes_last(self):
        manager, client = start()
        try:
            seen = self.run_cells(manager, client)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
        for name in ("stdout", "stderr"):
            lines = seen[name].splitlines()
            cells = [line for line in lines if line.startswith("cell")]
            noise = [int(line[5:]) for line in lines if line.startswith("noise")]
            self.assertEqual(cells, [f"cell {i} {j}" for i in range(self.CELLS) for j in range(self.LINES)], name)
            self.assertEqual(noise, list(range(len(noise))), name)
            self.assertGreater(len(noise), 2000)
        self.assertEqual(seen["display"], list(range(len(seen["display"]))))
        self.assertGreater(len(seen["display"]), 500)

    def run_cells(self, manager, client):
        seen = {"stdout": "", "stderr": "", "display": []}

        # A socket of our own: the client's needs a millisecond for a message.
        published = zmq.Context.instance().socket(zmq.SUB)
        published.setsockopt(zmq.RCVHWM, 0)
        published.setsockopt(zmq.LINGER, 0)
        published.setsockopt(zmq.SUBSCRIBE, b"")
        published.connect(f"tcp://{manager.ip}:{manager.iopub_port}")
        self.addCleanup(published.close)
        time.sleep(0.5)  # until it is subscribed

        def end_of(request):
            """Notes everything up to the idle of the request, of other requests too, as threads print on."""
            end = time.monotonic() + LIMIT
            while time.monotonic() < end:
                if not published.poll(1000):
                    continue
                frames = published.recv_multipart()
                header, parent, _, content = map(json.loads, frames[frames.index(b"<IDS|MSG>") + 2:][:4])
                kind = header["msg_type"]
                if kind == "stream":
                    seen[content["name"]] += content["text"]
                elif kind == "display_data":
                    seen["display"].append(int(content["data"]["text/plain"]))
                elif kind == "status" and content["execution_state"] == "idle" and parent.get("msg_id") == request:
                    return
            self.fail("a request has no end")

        def run(code):
            request = client.execute(code, allow_stdin=False)
            end_of(request)
            try:
                reply = client.get_shell_msg(timeout=LIMIT)
            except queue.Empty:
                self.fail("a request has no reply: " + code)
            self.assertEqual(reply["parent_header"]["msg_id"], request, "the replies of requests in order")
            self.assertEqual(reply["content"]["status"], "ok", reply["content"])

        run("var on = new java.util.concurrent.atomic.AtomicBoolean(true); var threads = new ArrayList<Thread>();")
        run("""
            for (var stream : List.of(System.out, System.err)) threads.add(new Thread(() -> {
                for (int i = 0; on.get(); i++) { stream.println("noise" + i); java.util.concurrent.locks.LockSupport.parkNanos(1_000_000); }
            }));
            threads.add(new Thread(() -> { for (int i = 0; on.get(); i++) { display(i); java.util.concurrent.locks.LockSupport.parkNanos(100_000); } }));
            threads.forEach(Thread::start);""")
        for i in range(self.CELLS):
            run(f'for (int j = 0; j < {self.LINES}; j++) {{ System.out.println("cell {i} " + j); System.err.println("cell {i} " + j); }}')
        run("on.set(false); for (var t : threads) t.join();")
        run("")
        return seen


if __name__ == "__main__":
    unittest.main(verbosity=2)
