"""The systemd units that have triage learn by night. Pure: values in, text out."""

from triage.daemon.unit import Service, confined, process

_INSTALL_LEARNING = """\
# triage learns by night what you have taught it, where there is something new. Printed by:
# triage service {form}--learning; the timer that starts it by triage service {form}--timer
#
#   {install} > {folder}/triage-train.service
#   {install_timer} > {folder}/triage-train.timer
#   {systemctl} daemon-reload
#   {systemctl} enable --now triage-train.timer
#
# A model that is worse is not put in place; what came of it: {journal} -u triage-train"""

_TIMER = """\
[Unit]
Description=triage learns by night

[Timer]
OnCalendar=*-*-* 03:00
RandomizedDelaySec=1h
# After a night in which the machine was off, when it is on again.
Persistent=true

[Install]
WantedBy=timers.target"""

# Nobody waits for it. Status 1: the new model is worse, and the present one stays.
_BESIDE = """\
Nice=19
CPUSchedulingPolicy=batch
IOSchedulingClass=idle
SuccessExitStatus=1
TimeoutStartSec=3h"""


def learning(service: Service) -> str:
    """The text of the unit that trains once. It opens no connection and needs no password.
    UserError as in `unit`."""
    parts = [_install_learning(service), "", "[Unit]"]
    parts += ["Description=triage learns what it was taught", "", "[Service]", "Type=oneshot"]
    parts += [*process(service, "train", "--if-new"), _BESIDE, "", *confined(service)]
    if service.system:
        parts += ["PrivateNetwork=yes"]
    return "\n".join(parts)


def timer() -> str:
    """The text of the timer that starts it each night."""
    return _TIMER


def _install_learning(service: Service) -> str:
    if service.system:
        folder, systemctl, journal = "/etc/systemd/system", "sudo systemctl", "journalctl"
        form = "--system "
    else:
        folder, systemctl = "~/.config/systemd/user", "systemctl --user"
        journal, form = "journalctl --user", ""
    to = "sudo tee" if service.system else ""
    lines = _INSTALL_LEARNING.format(
        form=form,
        install=f"triage service {form}--learning",
        install_timer=f"triage service {form}--timer",
        folder=folder,
        systemctl=systemctl,
        journal=journal,
    )
    return lines.replace(" > ", f" | {to} ") if to else lines
