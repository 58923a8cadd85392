"""The data plane between real peers: curl in front, Node.js behind."""

import unittest

from net import PORT, SERVER, SERVER6, Case, Plane, need, size_body

URL = f"http://{SERVER}:{PORT}"


class Answers(Case):
    def test_answers_get_over_tc_without_the_server(self):
        self.net.node()
        plane = Plane(self.net, "tc", "s0")
        self.assertEqual(self.net.curl(URL + "/hello/tom"), b"<h1>Hello tom</h1>")
        counts = plane.counts()
        self.assertEqual((counts["syn"], counts["answered"], counts["adopted"]), (1, 1, 0))

    def test_head_is_complete(self):
        self.net.node()
        Plane(self.net, "tc", "s0")
        head = self.net.curl("-i", URL + "/hello/tom").decode().split("\r\n\r\n")[0]
        self.assertRegex(head, r"\r\nDate: [A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT\r\n")
        self.assertIn("\r\nConnection: keep-alive\r\n", head)
        self.assertIn("\r\nContent-Length:    18", head)

    def test_date_is_now(self):
        self.net.node()
        Plane(self.net, "tc", "s0")
        head = self.net.curl("-I", URL + "/hello/tom").decode()
        date = head.split("Date: ")[1].split("\r\n")[0]
        now = self.net.client("date", "-u", "+%s").decode()
        then = self.net.client("date", "-u", "-d", date, "+%s").decode()
        self.assertLessEqual(abs(int(now) - int(then)), 2)

    def test_head_request_gets_no_body(self):
        self.net.node()
        plane = Plane(self.net, "tc", "s0")
        out = self.net.curl("-I", URL + "/hello/tom", URL + "/hello/ann")
        self.assertEqual(out.count(b"Content-Length:    18\r\n\r\n"), 2)
        self.assertNotIn(b"<h1>", out)
        self.assertEqual(plane.counts()["answered"], 2)

    def test_keep_alive_and_close(self):
        self.net.node()
        plane = Plane(self.net, "tc", "s0")
        out = self.net.curl(*[f"{URL}/hello/{i}" for i in range(20)], "-w", "%{num_connects}")
        self.assertEqual(out, b"".join(b"<h1>Hello %d</h1>%d" % (i, i == 0) for i in range(20)))
        self.assertEqual(plane.counts()["syn"], 1)
        out = self.net.curl("-i", "-H", "Connection: close", URL + "/hello/tom")
        self.assertIn(b"\r\nConnection: close     \r\n", out)
        self.assertIn(b"Connection: close", self.net.curl("-i", "-0", URL + "/hello/tom"))

    def test_ipv6(self):
        self.net.node()
        plane = Plane(self.net, "tc", "s0")
        out = self.net.curl(f"http://[{SERVER6}]:{PORT}/hello/six", f"http://[{SERVER6}]:{PORT}/other")
        self.assertEqual(out, b"<h1>Hello six</h1>node /other\n")
        self.assertEqual((plane.counts()["answered"], plane.counts()["adopted"]), (1, 1))

    def test_loopback_takes_large_segments(self):
        self.net.node()
        plane = Plane(self.net, "tc", "lo")
        out = self.net.curl(f"http://127.0.0.1:{PORT}/size/12000", ns=self.net.s)
        self.assertEqual(out, size_body(12000))
        self.assertEqual(plane.counts()["answered"], 1)

    def test_generic_xdp_answers(self):
        self.net.node()
        plane = Plane(self.net, "xdp-generic", "s0")
        out = self.net.curl(URL + "/hello/tom", URL + "/other", URL + "/size/1000")
        self.assertEqual(out, b"<h1>Hello tom</h1>node /other\nnode /size/1000\n")
        counts = plane.counts()
        self.assertEqual((counts["answered"], counts["answered_xdp"], counts["adopted"]), (1, 1, 1))

    @need("wrk")
    def test_many_connections(self):
        self.net.node()
        plane = Plane(self.net, "tc", "s0")
        out = self.net.client("wrk", "-t1", "-c32", "-d1", URL + "/hello/tom").decode()
        self.assertNotIn("Socket errors", out)
        self.assertNotIn("Non-2xx", out)
        self.assertGreater(plane.counts()["answered"], 1000)

    def test_detaches_and_leaves_nothing(self):
        self.net.node()
        plane = Plane(self.net, "xdp-generic", "s0", "lo")
        plane.stop()
        self.assertNotIn(b"clsact", self.net.server("tc", "qdisc", "show"))
        self.assertNotIn(b"xdp", self.net.server("ip", "link", "show"))
        self.assertEqual(self.net.curl(URL + "/hello/tom"), b"node /hello/tom\n")


class Adoption(Case):
    def setUp(self):
        super().setUp()
        self.net.node()
        self.plane = Plane(self.net, "tc", "s0")

    def test_in_the_middle_of_a_connection(self):
        out = self.net.curl(*[URL + path for path in ("/hello/a", "/hello/b", "/other", "/hello/c")],
                            "-w", "%{num_connects}")
        self.assertEqual(out, b"<h1>Hello a</h1>1<h1>Hello b</h1>0node /other\n0node /hello/c\n0")
        counts = self.plane.counts()
        self.assertEqual((counts["answered"], counts["adopted"]), (2, 1))

    def test_when_the_program_passes(self):
        self.assertEqual(self.net.curl(URL + "/pass/x"), b"node /pass/x\n")
        self.assertEqual(self.plane.counts()["pass_program"], 1)

    def test_posts(self):
        self.assertEqual(self.net.curl("-d", "x=1", URL + "/hello/a"), b"node got 3 bytes, post 1\n")
        body = self.net.client("sh", "-c", f"head -c 2000000 /dev/zero | curl -s -T - -X POST {URL}/up")
        self.assertEqual(body, b"node got 2000000 bytes, post 2\n")

    def test_a_request_that_arrives_byte_by_byte(self):
        script = f"""
import socket, time
s = socket.create_connection(("{SERVER}", {PORT}))
s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
for byte in b"GET /hello/a HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n":
    s.send(bytes([byte])); time.sleep(0.002)
print(s.makefile("rb").read().split(b"\\r\\n\\r\\n")[1].decode())
"""
        self.assertIn(b"node /hello/a", self.net.client("python3", "-c", script))

    def test_pipelined_requests_are_answered_in_order(self):
        script = f"""
import socket
s = socket.create_connection(("{SERVER}", {PORT}))
one = b"GET /hello/%d HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n"
last = one.replace(b"\\r\\n\\r\\n", b"\\r\\nConnection: close\\r\\n\\r\\n")
s.sendall(one % 1 + one % 2 + last % 3)
print(s.makefile("rb").read())
"""
        out = self.net.client("python3", "-c", script).decode()
        self.assertEqual([out.count(f"node /hello/{i}") for i in (1, 2, 3)], [1, 1, 1])

    def test_a_server_on_one_address_is_not_reachable_on_another(self):
        for child in self.net.children[:1]:
            child.kill()
            child.wait()
        self.net.node("127.0.0.1")
        self.assertEqual(self.net.curl(URL + "/hello/tom"), b"")
        self.assertEqual(self.plane.counts()["syn"], 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
