"""The systemd units that have triage learn by night. Pure: values in, text out."""

from triage.service.unit import Service, confined, process, room, whose

_TIMER = """\
[Unit]
Description=triage learns by night

[Timer]
OnCalendar=*-*-* 03:00
RandomizedDelaySec=1h
# After a night in which the machine was off, when it is on again.
Persistent=true

[Install]
WantedBy=timers.target
"""

# Nobody waits for it. Status 1: the new model is worse, and the present one stays.
_BESIDE = """\
Nice=19
CPUSchedulingPolicy=batch
IOSchedulingClass=idle
SuccessExitStatus=1
TimeoutStartSec=3h"""


def learning(service: Service) -> str:
    """The text of the unit that trains once, where there is something new to learn. It opens no
    connection and needs no password. UserError as in `unit`."""
    parts = [whose(service), "", "[Unit]", "Description=triage learns what it was taught", ""]
    parts += ["[Service]", "Type=oneshot", *process(service, "train", "--if-new"), _BESIDE]
    parts += [room(), "", *confined(service)]
    if service.system:
        parts += ["PrivateNetwork=yes"]
    return "\n".join([*parts, ""])


def timer() -> str:
    """The text of the timer that starts it each night."""
    return _TIMER
