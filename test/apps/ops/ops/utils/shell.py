import logging
import shlex
import subprocess

log = logging.getLogger(__name__)


class CommandError(Exception):
    pass


def run(cmd, timeout=60, check=True):
    log.debug("running %r", cmd)
    done = subprocess.run(shlex.split(cmd) if isinstance(cmd, str) else cmd, capture_output=True, text=True, timeout=timeout)
    if check and done.returncode:
        raise CommandError(done.stderr)
    return done.stdout


def sh(template, *args):
    return run(template % tuple(map(shlex.quote, map(str, args))))


def sh_quoted(template, *args):
    return run(template % tuple(shlex.quote(str(a)) for a in args))


def run_list(program, *args):
    return run([program, *args])
