"""A private Cyrus IMAP, from the tree that $TRIAGE_CYRUS_ROOT names."""

import re
import shutil

from servers.dovecot import PASSWORD
from servers.instance import Instance
from servers.ways import Ways

# As Debian ships it: every folder lies beneath INBOX, with a full stop between.
SETTINGS = """configdirectory: {base}/conf
defaultpartition: default
partition-default: {base}/spool
servername: localhost
altnamespace: no
unixhierarchysep: no
hashimapspool: true
virtdomains: off
umask: 077
allowplaintext: yes
sasl_mech_list: PLAIN LOGIN
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: {base}/conf/sasldb2
autocreate_quota: 0
autocreate_inbox_folders: Drafts | Sent | Trash | Junk
autocreate_subscribe_folders: Drafts | Sent | Trash | Junk
xlist-drafts: Drafts
xlist-sent: Sent
xlist-trash: Trash
xlist-junk: Junk
proc_path: {base}/conf/proc
mboxname_lockpath: {base}/conf/lock
duplicate_db_path: {base}/conf/deliver.db
idlesocket: {base}/conf/socket/idle
notifysocket: {base}/conf/socket/notify
lmtpsocket: {base}/conf/socket/lmtp
tls_server_cert: {chain}
tls_server_key: {key}
"""
SERVICES = """START {{
  recover cmd="{program}/ctl_cyrusdb -C {settings} -r"
}}
SERVICES {{
  imap cmd="{program}/imapd -C {settings}" listen="127.0.0.1:{port}" prefork=1 maxchild=100
  imaps cmd="{program}/imapd -s -C {settings}" listen="127.0.0.1:{tls_port}" prefork=1 maxchild=100
}}
DAEMON {{
  idled cmd="{program}/idled -C {settings}"
}}
EVENTS {{
  checkpoint cmd="{program}/ctl_cyrusdb -C {settings} -c" period=30
}}
"""
PLUGINS = "usr/lib/*/sasl2"


class Cyrus(Instance):
    """One instance. It is told by $CYRUS_USER who to be: the user `cyrus` need not exist."""

    name = "cyrus"
    root = "TRIAGE_CYRUS_ROOT"
    programs = (
        "usr/lib/cyrus/bin/master",
        "usr/lib/cyrus/bin/imapd",
        "usr/lib/cyrus/bin/idled",
        "usr/lib/cyrus/bin/ctl_cyrusdb",
        "usr/sbin/saslpasswd2",
    )
    ways = Ways(prefix="INBOX.")

    def __init__(self) -> None:
        super().__init__()
        for plugins in self.tree.glob(PLUGINS):
            shutil.copytree(plugins, self.base / "sasl2")
        certificate = self.authority.certificate("server")
        self._settings, self._services = self.base / "imapd.conf", self.base / "cyrus.conf"
        self._settings.write_text(
            SETTINGS.format(base=self.base, chain=certificate.chain, key=certificate.key)
        )
        self._services.write_text(
            SERVICES.format(
                program=self.program,
                settings=self._settings,
                port=self.port,
                tls_port=self.tls_port,
            )
        )
        for folder in ("conf", "conf/proc", "conf/lock", "conf/socket", "spool"):
            (self.base / folder).mkdir()
            self.owned(self.base / folder)
        self.owned(certificate.key)

    def version(self) -> str:
        found = re.search(r"Cyrus IMAP ([\d.]+)", self.greeting())
        return f"Cyrus IMAP {found[1]}" if found else ""

    def commands(self) -> list[list[str]]:
        master = str(self.program / "master")
        pid = str(self.base / "conf" / "pid")
        return [[master, "-C", str(self._settings), "-M", str(self._services), "-p", pid]]

    def environment(self) -> dict[str, str]:
        return {"CYRUS_USER": self.user, "SASL_PATH": str(self.base / "sasl2")}

    def lay(self, user: str) -> None:
        """His mailboxes make themselves when he first logs in."""
        self.run(
            str(self.program / "saslpasswd2"),
            *("-p", "-c", "-f", str(self.base / "conf" / "sasldb2"), "-u", "localhost", user),
            said=PASSWORD + "\n",
        )
