"""Tasks that the children of the tests run: honest ones and every kind of hostile one."""

import os
import signal
import time


class NativePanic(BaseException):
    """What a native library raises past ``except Exception``."""


def double(number):
    return number * 2


def process_id(_):
    return os.getpid()


def environment(_):
    return dict(os.environ)


def abort_on_seven(number):
    if number == 7:
        os.abort()
    return number


def hang_on_three(number):
    while number == 3:
        time.sleep(0.01)
    return number


def linger_on_two(number):
    if number == 2:
        time.sleep(1.5)
    return number


def spin(number):
    while True:
        number += 1


def eat_memory(megabytes):
    return len(bytearray(megabytes * 1024 * 1024))


KEPT = []


def keep_memory(megabytes):
    KEPT.append(bytearray(megabytes * 1024 * 1024))
    return len(KEPT)


def panic(_):
    raise NativePanic("range end index 64 out of range")


def fail(_):
    raise ValueError("an ordinary fault")


def leave(code):
    os._exit(code)


def smuggle(_):
    return signal.SIGABRT


def long_text(length):
    return "字" * length
