"""Many requests at once through the gate, each hop checked before, at and after the socket."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Self

import pycurl

from meice.engines.gate.answers import Answer, Certificate, Failure, Limits, Request
from meice.engines.gate.certificates import UNVERIFIED, read_certificate
from meice.engines.gate.door import Door
from meice.engines.gate.jobs import Job, refused, start
from meice.engines.gate.loop import Loop
from meice.engines.gate.outcomes import NOT_VERIFIED, Fault, fault, read_error
from meice.engines.gate.policy import Policy
from meice.engines.gate.resolver import Resolve, Resolved, Resolver
from meice.engines.gate.roots import root_file
from meice.engines.gate.targets import Refused, Target, read_target
from meice.engines.gate.wire import REDIRECTS, Wire

AGENT = "Mozilla/5.0 (compatible; MeiceProbe/1.0)"
FINAL = 200  # lower statuses are interim answers
NOT_MODIFIED = 304
OnAnswer = Callable[[Answer], None]
LOOK_S = 5.0  # at least this long for a second look at a bad certificate
CERTIFICATES = 10_000  # origins whose certificate is kept


class Fetcher:
    """Submit requests, then ``step`` or ``run_until_idle``; answers come to the callbacks.

    Not for use by several threads. ``resolve`` and ``roots`` (a PEM file) replace the system's.
    """

    def __init__(
        self,
        policy: Policy,
        limits: Limits | None = None,
        *,
        concurrency: int = 256,
        agent: str = AGENT,
        resolve: Resolve | None = None,
        roots: str | None = None,
    ) -> None:
        self.policy = policy
        self.limits = limits or Limits()
        self.concurrency = concurrency
        self.agent = agent
        self.roots = root_file() if roots is None else roots
        self.door = Door(policy)
        self.loop = Loop(2 * concurrency)
        self.resolver = Resolver(resolve, self.loop.wake)
        self.queue: deque[Job] = deque()
        self.naming: dict[str, list[Job]] = {}
        self.wires: dict[pycurl.Curl, Wire] = {}
        self.spare: list[Wire] = []
        self.certificates: dict[str, Certificate] = {}
        self.distrusted: dict[str, int] = {}  # origins whose handshake failed: OpenSSL's reason
        self.answers: list[tuple[OnAnswer, Answer]] = []
        self.running = 0  # jobs that have begun and have no answer yet
        self.own_names = set(self.door.own_names())
        self.own_by = time.monotonic() + self.limits.connect_s
        for name in self.own_names:
            self.resolver.ask(name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pending(self) -> int:
        """Requests without an answer."""
        return len(self.queue) + self.running + len(self.answers)

    def submit(self, request: Request, on_answer: OnAnswer) -> None:
        """Ask for something; ValueError for a method or header that no request may have."""
        self.queue.append(start(request, on_answer, self.limits))

    def run_until_idle(self) -> None:
        """Work until every request has its answer, those that callbacks submit included."""
        while self.pending:
            self.step(1.0)

    def step(self, wait: float = 1.0) -> None:
        """Begin what can be begun, wait at most ``wait`` seconds, deliver what has come."""
        self.launch()
        self.loop.turn(0.0 if self.answers else self.patience(wait))
        self.take_names()
        self.take_transfers()
        self.drop_late_names()
        answers, self.answers = self.answers, []
        for on_answer, answer in answers:
            on_answer(answer)

    def close(self) -> None:
        """Drop everything; requests without an answer get none."""
        self.resolver.close()
        for curl, wire in self.wires.items():
            self.loop.multi.remove_handle(curl)
            curl.close()
            wire.hop = None
            wire.forget()
        for wire in self.spare:
            wire.curl.close()
        self.wires, self.spare = {}, []
        self.loop.close()

    def launch(self) -> None:
        """Begin queued jobs while there is room; first our own servers' addresses must be known."""
        if self.own_names and time.monotonic() < self.own_by:
            return
        while self.queue and self.running < self.concurrency:
            job = self.queue.popleft()
            job.started = time.monotonic()
            self.running += 1
            self.go(job, read_target(job.request.url))

    def go(self, job: Job, target: Target | Refused) -> None:
        """One hop of ``job``: refuse, look the name up, or send."""
        if isinstance(target, Refused):
            self.deliver(job, job.answer(fault=refused(job, target.reason)))
            return
        job.target = target
        known = self.resolver.known(target.host)
        if target.address is not None:
            self.admit(job, target, (str(target.address),))
        elif known is not None:
            self.named(job, known)
        else:
            if target.host not in self.naming:
                self.resolver.ask(target.host)
            self.naming.setdefault(target.host, []).append(job)

    def named(self, job: Job, found: Resolved) -> None:
        """The resolver has spoken, or has failed to."""
        if job.target is None:
            return
        if found.addresses:
            self.admit(job, job.target, found.addresses)
        elif found.silent:
            silent = Fault(Failure.DNS, "域名服务器没有答复", uncertain=True)
            self.deliver(job, job.answer(fault=silent))
        else:
            self.deliver(job, job.answer(fault=fault(Failure.DNS)))

    def admit(self, job: Job, target: Target, addresses: tuple[str, ...]) -> None:
        """Send the hop if one of its addresses may be visited."""
        job.addresses, reason = self.door.admit(target, addresses)
        if job.addresses:
            self.send(job, target)
        else:
            self.deliver(job, job.answer(fault=refused(job, reason)))

    def send(self, job: Job, target: Target) -> None:
        """Hand the hop to the network library; a handshake is only looked at with a new handle."""
        insecure = job.request.insecure and target.origin in self.distrusted
        only_look = job.distrust is not None and not insecure
        used = self.spare.pop() if self.spare and not only_look else None
        wire = used or Wire(self.door, self.agent, self.roots)
        look = target.scheme == "https" and target.origin not in self.certificates
        wire.job = job
        wire.begin(job.hop(target, look=look, only_look=only_look, insecure=insecure))
        self.wires[wire.curl] = wire
        self.loop.multi.add_handle(wire.curl)

    def patience(self, wait: float) -> float:
        """How long to wait: not past the moment when a name has been waited for long enough."""
        if self.own_names:
            wait = min(wait, max(0.0, self.own_by - time.monotonic()))
        first = min((jobs[0].started for jobs in self.naming.values()), default=None)
        if first is None:
            return wait
        return min(wait, max(0.0, first + self.limits.connect_s - time.monotonic()))

    def take_names(self) -> None:
        """Go on with the jobs whose names have been looked up."""
        for found in self.resolver.collect():
            if found.host in self.own_names:
                self.own_names.discard(found.host)
                self.door.own_addresses.update(found.addresses)
            for job in self.naming.pop(found.host, ()):
                self.named(job, found)

    def drop_late_names(self) -> None:
        """A resolver that does not answer is a timeout that says nothing about the site."""
        now = time.monotonic()
        silent = Fault(Failure.TIMEOUT, "域名服务器没有答复", uncertain=True)
        for host, jobs in list(self.naming.items()):
            late = [job for job in jobs if now - job.started >= job.limits.connect_s]
            for job in late:
                jobs.remove(job)
                self.deliver(job, job.answer(fault=silent))
            if not jobs:
                del self.naming[host]

    def take_transfers(self) -> None:
        """Judge every transfer that has ended."""
        while True:
            more, whole, broken = self.loop.multi.info_read()
            for curl in whole:
                self.finish(curl, None)
            for curl, code, text in broken:
                self.finish(curl, read_error(code, int(curl.getinfo(pycurl.OS_ERRNO)), text))
            if not more:
                return

    def finish(self, curl: pycurl.Curl, error: Fault | None) -> None:
        """A transfer has ended: follow, look again, or answer."""
        wire = self.wires.pop(curl)
        job: Job = wire.job
        job.received += wire.received()
        self.keep_certificate(job, wire, error)
        next_target = job.next_target(wire)
        problem = judge(job, wire, error, redirected=next_target is not None)
        if wire.hop is not None and wire.hop.only_look:
            self.deliver(job, job.answer(fault=job.distrust))
        elif problem is not None and problem.failure is Failure.TLS_ERROR and job.target:
            self.distrust(job, job.target, problem)
        elif problem is None and next_target is not None:
            self.follow(job, wire, next_target)
        else:
            self.deliver(job, job.answer(wire, problem))
        self.put_back(wire, curl)

    def put_back(self, wire: Wire, curl: pycurl.Curl) -> None:
        """Keep the handle for the next request, unless it only looked at a handshake."""
        self.loop.multi.remove_handle(curl)
        looked = wire.hop is not None and wire.hop.only_look
        wire.hop = wire.job = None
        wire.forget()
        if looked:
            curl.close()
        else:
            self.spare.append(wire)

    def keep_certificate(self, job: Job, wire: Wire, error: Fault | None) -> None:
        """What the server showed in this handshake, or showed before on the same connection."""
        hop = wire.hop
        if hop is None or hop.target.scheme != "https":
            job.certificate = None
            return
        origin = hop.target.origin
        if error is not None and error.failure is Failure.TLS_ERROR and not hop.only_look:
            verified = error.code in NOT_VERIFIED
            self.distrusted[origin] = wire.verify_result() if verified else UNVERIFIED
        pem = wire.leaf() if hop.look else ""
        if pem:
            result = self.distrusted.get(origin, 0) if self.roots else UNVERIFIED
            found = read_certificate(pem, hop.target.host, result, wire.protocol)
            if found and len(self.certificates) < CERTIFICATES:
                self.certificates[origin] = found
        job.certificate = self.certificates.get(origin)

    def distrust(self, job: Job, target: Target, problem: Fault) -> None:
        """The handshake failed: see the certificate without trusting it.

        Nothing is asked for on that connection, unless the request wanted an answer all the same.
        """
        again, job.distrust = job.distrust is not None, problem
        self.distrusted.setdefault(target.origin, UNVERIFIED)
        enough = job.remaining() >= min(LOOK_S, job.limits.total_s / 3)
        known = target.origin in self.certificates and not job.request.insecure
        if again or known or not enough:
            self.deliver(job, job.answer(fault=problem))
        else:
            self.send(job, target)

    def follow(self, job: Job, wire: Wire, target: Target | Refused) -> None:
        """The next hop, checked like the first."""
        job.keep_cookies(wire.lines)
        if len(job.hops) >= job.limits.redirects:
            many = Fault(Failure.TOO_MANY_REDIRECTS, "跳转次数过多")
            self.deliver(job, job.answer(wire, many))
        elif job.remaining() <= 0:
            self.deliver(job, job.answer(wire, fault(Failure.TIMEOUT)))
        else:
            if wire.hop is not None:
                job.hops.append(wire.hop.target.url)
            self.go(job, target)

    def deliver(self, job: Job, answer: Answer) -> None:
        """The job is over; its callback runs at the end of this step."""
        self.running -= 1
        self.answers.append((job.on_answer, answer))


def judge(job: Job, wire: Wire, error: Fault | None, *, redirected: bool) -> Fault | None:
    """What is wrong with the transfer; None for a response to use."""
    if wire.vetoed:
        return refused(job, wire.vetoed)
    if wire.overflow:
        return fault(Failure.TOO_LARGE)
    if error is not None and redirected and wire.status in REDIRECTS and wire.chunks:
        return None  # its body was cut off by us
    shown, hop = job.certificate, wire.hop
    if error is None and shown and not shown.name_ok and hop and not hop.insecure:
        return fault(Failure.TLS_ERROR)  # the library still takes a name from the subject
    if error is None and (wire.status < FINAL or is_unasked(job, wire)):
        return None if job.distrust else fault(Failure.BAD_RESPONSE)
    return error


def is_unasked(job: Job, wire: Wire) -> bool:
    """True for "not modified" where no earlier visit was mentioned: there is nothing to use."""
    return wire.status == NOT_MODIFIED and not (job.request.etag or job.request.modified)
