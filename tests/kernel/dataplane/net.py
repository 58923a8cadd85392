"""Two network namespaces with a veth pair, a server behind, and the data plane."""

import os
import shutil
import subprocess
import time
import unittest

SERVE = os.environ.get("DATAPLANE_SERVE", "dataplane_serve")
HERE = os.path.dirname(os.path.abspath(__file__))
SERVER, CLIENT = "10.77.0.1", "10.77.0.2"
SERVER6 = "fd77::1"
PORT = 8080


def run(*command, check=True, timeout=60, **more):
    return subprocess.run(command, check=check, timeout=timeout, capture_output=True, **more)


class Net:
    """Namespaces named after this process: "s" holds the server, "c" the client."""

    def __init__(self):
        self.s, self.c = (f"jx{side}{os.getpid()}" for side in "sc")
        self.children = []
        try:
            for ns in (self.s, self.c):
                run("ip", "netns", "add", ns)
                run("ip", "-n", ns, "link", "set", "lo", "up")
            run("ip", "link", "add", "s0", "netns", self.s, "type", "veth",
                "peer", "name", "c0", "netns", self.c)
            for ns, dev, ip4, ip6 in ((self.s, "s0", SERVER, SERVER6), (self.c, "c0", CLIENT, "fd77::2")):
                run("ip", "-n", ns, "addr", "add", ip4 + "/24", "dev", dev)
                run("ip", "-n", ns, "addr", "add", ip6 + "/64", "dev", dev, "nodad")
                run("ip", "-n", ns, "link", "set", dev, "up")
        except BaseException:
            self.close()
            raise

    def spawn(self, ns, *command, **more):
        child = subprocess.Popen(["ip", "netns", "exec", ns, *command], **more)
        self.children.append(child)
        return child

    def node(self, host="::"):
        """Starts the Node.js server of node_server.js; returns when it listens."""
        child = self.spawn(self.s, "node", os.path.join(HERE, "node_server.js"), str(PORT), host,
                           stdout=subprocess.PIPE, text=True)
        assert child.stdout.readline() == "listening\n"
        return child

    def client(self, *command, check=True, timeout=60):
        return run("ip", "netns", "exec", self.c, *command, check=check, timeout=timeout).stdout

    def server(self, *command, check=True, timeout=60):
        return run("ip", "netns", "exec", self.s, *command, check=check, timeout=timeout).stdout

    def curl(self, *args, ns=None):
        return run("ip", "netns", "exec", ns or self.c, "curl", "-s", "-g", "-m", "10", *args,
                   check=False).stdout

    def close(self):
        for child in self.children:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe:
                    pipe.close()
        for ns in (self.s, self.c):
            run("ip", "netns", "del", ns, check=False)


class Plane:
    """dataplane_serve in the server's namespace."""

    def __init__(self, net, mode, *devices):
        self.child = net.spawn(net.s, SERVE, str(PORT), mode, *devices, stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True)
        assert self.child.stdout.readline() == "ready\n", "the data plane did not start"

    def ask(self, line):
        self.child.stdin.write(line + "\n")
        self.child.stdin.flush()
        return self.child.stdout.readline().strip()

    def counts(self):
        """The counters that are not zero, and 0 for all others."""
        pairs = (pair.split("=") for pair in self.ask("counts").split())
        return Counts({name: int(value) for name, value in pairs})

    def stop(self):
        self.child.stdin.close()
        self.child.wait(10)


class Counts(dict):
    def __missing__(self, name):
        return 0


class Case(unittest.TestCase):
    """A test with a network of its own."""

    def setUp(self):
        self.net = Net()
        self.addCleanup(self.net.close)


def size_body(count):
    """What /size/COUNT of routes.bpf.c answers."""
    lines = b"".join(b"%08x.......\n" % line for line in range(count // 16 + 1))
    return lines[:count]


def need(program):
    return unittest.skipUnless(shutil.which(program), f"{program} is not installed")


def wait_until(condition, seconds=5):
    end = time.time() + seconds
    while time.time() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False
