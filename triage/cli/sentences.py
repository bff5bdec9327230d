"""The one place that words errors: what happened, where, and what to do next."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast

from triage.cli.faults import faults, line_fault, problem
from triage.cli.phrase import worded
from triage.cli.terminal import clean
from triage.errors import TriageError

if TYPE_CHECKING:  # sentences are part of `triage --help`, the rooms below are not
    from triage.classifier import Fault as LineFault
    from triage.config import Problem
    from triage.reply.grammar import Fault

# So many faults of a corpus are shown: one that is no corpus at all has one a line.
SHOWN = 10

ERRORS = {
    # the command line
    "no-config": "There is no configuration. Write one: triage init. Or name a file with --config."
    " Looked for: {looked}.",
    "config-there": "There is a configuration already: {path}. Change it as you like, and try it:"
    " triage check. To begin anew, move it away.",
    "no-terminal": "triage init asks questions, and there is no terminal to ask at. Give it the"
    " answers in a file: triage init --answers FILE.",
    "answer-missing": "{path} has no answer for {key}.",
    "dns-silent": "No name server answers this machine ({name}). See its network.",
    "no-passwords-taken": "{provider}, where the mail of {address} lies, takes no passwords from"
    " mail programs, only a sign-in by web browser (OAuth), which this version of triage does not"
    " speak.",
    "no-such-account": "The configuration has no account {account}. It has: {accounts}.",
    "demo-not-installed": "The demonstration needs an IMAP server to show itself on, which is not"
    " installed. In a clone of triage run: pipx install --force '.[demo]' (or only: make demo).",
    "demo-port-taken": "Something else listens at port {port}. Choose another one, or leave --port"
    " out.",
    "demo-not-started": "The demonstration cannot open its mailbox: {why}.",
    "plots-not-installed": "Pictures need matplotlib, which is not installed. In a clone of triage"
    " run: pipx install --force '.[plots]' (or, where triage lies in an environment of yours: pip"
    " install matplotlib).",
    "output-refused": "The output cannot be written: {why}.",
    "file-unreadable": "The file cannot be read: {why}.",
    "file-too-large": "The mail is larger than {limit} MB, and is not read.",
    "no-maildir": "This folder is no Maildir: it has neither cur nor new. Name the files in it.",
    # the service
    "address-invalid": "{address} is no IP address and no network, such as 192.0.2.7 or"
    " 2001:db8::/32. Names of servers cannot stand there.",
    "filter-of-user": "A user's own service manager may not filter addresses. Leave --allow out, or"
    " make the service of the machine with --system.",
    "encrypted-of-user": "A user's own service manager reads no encrypted passwords. Leave"
    " --encrypt out, or make the service of the machine with --system.",
    "nothing-to-encrypt": "There is nothing to encrypt: no account in {path} has a"
    " password_credential.",
    "not-encrypted": "The password file {path} could not be encrypted (systemd-creds): {why}.",
    "root-needed": "The service of the machine is root's to make. Run: {line}",
    "service-of-root": "This would be root's own service. Give the command without sudo for a"
    " service of yours, or with --system for one of the machine.",
    "no-systemd": "This machine is not run by systemd. Without it triage run watches as long as you"
    " let it; triage service show prints the units.",
    "no-user-manager": "You have no service manager of your own here. Log in as yourself, not by su"
    " or sudo, or make the service of the machine: sudo triage service install --system.",
    "no-program": "The program {name} cannot be run: {why}.",
    "program-slow": "The program {name} does not end. See: systemctl list-jobs.",
    "no-user-made": "The user {user} could not be made: {why}.",
    "systemd-refused": "{line} failed: {why}.",
    "trial-failed": "Under systemd triage could not try its set-up ({why}). Its log says why. Run:"
    " {log}",
    "unit-unreadable": "The unit {path} cannot be read: {why}.",
    "unit-of-another": "The unit {path} was not made by triage service, and is left alone. Move it"
    " away first.",
    "unit-taken": "The unit {path} serves another configuration than {config}. Call yours otherwise"
    " (shop.toml beside it is the service triage@shop), or uninstall that one first.",
    "not-installed": "There is no {name} in {folder}.",
    "name-unfit": "A service is called as its configuration, and {path} would give it a name that"
    " systemd does not take. Call it with letters, digits, - and _ only.",
    "path-unfit": "{path} cannot stand in a unit: it has a control character or, where it is the"
    " program's, a quotation mark or a backslash. Put it elsewhere.",
    "program-closed": "The user {user} may not enter {folder}, and could not start {program}."
    " Where triage is installed for all, open that (sudo chmod -R a+rX {folder}); else install it"
    " so, in a clone: sudo env PIPX_HOME=/opt/pipx PIPX_BIN_DIR=/usr/local/bin pipx install .",
    "state-not-own": "The service's state folder would be {path}, where other things lie or nobody"
    " but its owner may look. Set state to a folder that is empty or not there yet, or leave it"
    " out: then it is {usual}.",
    "state-divided": "The service would keep its state in {service}, and commands by hand look for"
    " it in {by_hand}. Set state in {path}.",
    # config
    "config-of-another": "You may not read the configuration {path}. Run: {line}",
    "config-unreadable": "The configuration {path} cannot be read: {why}.",
    "config-syntax": "{path}, line {line}, column {column}: this is no TOML. {what}.",
    "config-faults": "{path} cannot be used. Run triage check.",
    "templates-faulty": "A letter cannot be used. Run triage check.",
    "no-templates-folder": "The configuration names no folder for letters of your own. Write"
    ' templates = "letters" below [shop]{path: in %s}, or name one with --folder.',
    "file-there": "{path} is there already, and is left as it is.",
    "file-unwritten": "{path} cannot be written: {why}.",
    # the order book
    "orders-unreadable": "The order book {path} cannot be read: {why}. See orders.file in the"
    " configuration, and the file's owner and mode.",
    "orders-unfinished": "The order book {path} ends in the middle, as if it were being written. It"
    " is read again when it has changed; if it stays so, export it again.",
    "orders-columns": "The order book {path} has no column {columns} in its first line, or more"
    " than one.{seen: Its columns are: %s.} Say what the column is called under [orders.columns],"
    " or export the orders with it; the exports of {presets} are known without a word.",
    "orders-no-table": "The order book {path} is no CSV that can be read: too many rows have no"
    " order number, other cells than the first line, or a quotation mark without its partner."
    " Export it again as CSV.",
    # or the command in its place
    "orders-command-missing": "The order command {command} cannot be run: {reason}. See"
    " orders.command in the configuration, and whether the user that triage runs as may run it.",
    "orders-command-slow": "The order command {command} has not answered within {seconds:%g}"
    " seconds, and was ended. It is asked about each mail: let it look into something near.",
    "orders-command-failed": "The order command {command} ended with status {status}. It said why"
    " on its standard error, which is not kept: give it a question by hand.",
    "orders-command-large": "The order command {command} answered with more than {limit} MB. It is"
    " to answer with the orders that it is asked for, not with all.",
    "orders-command-answer": "The order command {command} answered with something else than the"
    " JSON of orders, or something is wrong with it{where: at %s}. Such an answer counts as none.",
    # reading, judging, answering one mail
    "empty": "The mail is empty.",
    "no-header": "This is no mail: it has no header.",
    "fetch-broke-off": "The connection breaks off whenever the server is asked for this mail. Look"
    " at it in your mail program.",
    "message-broke-triage": "triage met an error of its own in this mail ({error}). The mail is set"
    " aside; please report it.",
    "nested-too-deep": "The mail's parts are nested more than {limit} deep. Read it in your mail"
    " program.",
    "nobody-to-answer": "The mail names nobody who can be answered by e-mail.",
    "unusable-address": "The writer's address cannot stand in a mail. Answer from your mail"
    " program.",
    "unusable-own-address": "One of the account's own addresses cannot stand in a mail:"
    " {addresses}. Mend address or aliases in the configuration.",
    # the model and what it is made of
    "model-missing": "There is no model {path}. See classifier.model in the configuration.",
    "model-unreadable": "The model {path} cannot be used: {reason}. Run triage train.",
    "model-damaged": "The model {path} was damaged; it is set aside as {aside}.",
    "semantic-missing": "The encoder needs {modules}. In a clone of triage run: pipx install"
    " --force '.[semantic]', or set encoder = \"words\" under [classifier].",
    "encoder-unreadable": "The encoder {path} cannot be read: {reason}.",
    "encoder-foreign": "{path} is not the file that came with triage. Install triage again, or set"
    ' encoder = "words" under [classifier].',
    "encoder-unusable": "{path} is no sentence encoder: an ONNX graph from the word pieces of"
    " uncased BERT to numbers. See classifier.encoder in the configuration.",
    "corpus-unreadable": "The corpus {file} cannot be read: {reason}.",
    "corpus-faults": "Some lines of the corpus cannot be used. Run triage train.",
    "corpus-too-small": "The corpus is too small to learn from: {complaints} complaints, {others}"
    " other mails, {topics} topics of {least} mails or more. {least} of each and 3 topics are"
    " needed.",
    "no-earlier-model": "There is no earlier model to go back to.",
    "file-unwritable": "{path} cannot be written: {reason}.",
    # passwords
    "password-empty": "No password came from the {source}. See that its first line is the"
    " password.",
    "password-unusable": "What came from the {source} cannot be a password: its first line is no"
    " text. See what it holds.",
    "password-command-failed": "The password command {command} failed with status {status}. Run it"
    " by hand, as the user triage runs as.",
    "password-command-missing": "The password command {command} cannot be started: {reason}. See"
    " that it is installed and is named by its full path.",
    "password-command-slow": "The password command {command} gave no answer within {seconds:%g}"
    " seconds. It may be waiting for somebody; use one that asks nobody.",
    "password-credential-missing": "There is no credential {credential}. Run triage by"
    " systemd, with LoadCredential={credential}:FILE in its service.",
    "password-file-open": "The password file {path} is open to others (mode {mode}). Run: chmod 600"
    " {path}",
    "password-file-unreadable": "The password file {path} cannot be read: {reason}.",
    # logging in
    "login-refused": "{host} refused the login of {user}{code: (%s)}. See that the password is"
    " right; many providers want an app password.",
    "app-password-needed": "{host} wants an app password for {user}. Make one in the security"
    " settings of your provider, and let triage read that.",
    "basic-auth-disabled": "{host} does not take passwords any more for {user}. The provider"
    " wants OAuth, which this version of triage does not speak.",
    "login-disabled": "{host} takes no password on this connection. Set security to"
    ' "tls" or "starttls".',
    "login-unavailable": "{host} cannot log {user} in at the moment{code: (%s)}{wait:, for %g"
    " seconds}. It is tried again.",
    # the way to the server
    "ca-file-unreadable": "The certificates in {path} cannot be read: {reason}. See ca_file in the"
    " configuration.",
    "certificate-expired": "The certificate of {host} has expired. Its operator has to renew it;"
    " nothing is read until then.",
    "certificate-not-yet-valid": "The certificate of {host} is not valid yet. See that this"
    " machine's clock is right.",
    "certificate-unknown": "The certificate of {host} is signed by nobody this machine knows"
    " ({reason}). If it is your own server, name its authority in ca_file.",
    "certificate-wrong-name": "The certificate of {host} is made out to another name ({reason})."
    " Use the server's real name as host.",
    "certificate-invalid": "The certificate of {host} is not valid ({reason}). Ask its operator.",
    "plain-refused": "{host} is not on this machine ({address}), and a password does not travel"
    ' unencrypted. Set security to "tls" or "starttls".',
    "starttls-missing": '{host} does not offer STARTTLS. Set security to "tls", with port 993.',
    "tls-failed": "No encrypted connection to {host} came about ({reason}). See that security and"
    " port belong together: 993 for tls, 143 for starttls.",
    "host-unknown": "There is no server {host}, or no network. See host in the configuration.",
    "connection-refused": "Nothing answers at {host}. See host and port; the server may be down.",
    "connection-lost": "The connection to {host} was lost ({doing}). It is tried again.",
    "timed-out": "{host} did not answer in time ({doing}). It is tried again.",
    "server-closed": "The server{host: %s} ended the connection{code: (%s)}. It is tried again.",
    "server-refused": "The server refused {command} ({answer}{code:, %s}). It is tried again.",
    "server-busy": "The server lets nothing be done now{wait:, for %g seconds} ({command}). It is"
    " tried again; if it stays, see that IMAP is allowed for this mailbox.",
    "answer-malformed": "The server{host: %s} gave an answer that is no IMAP ({doing}). It is tried"
    " again; if it stays, ask its operator.",
    "answer-too-large": "{host} gave an answer of over {octets} octets. It is tried again; if it"
    " stays, lower max_size.",
    # folders and drafts
    "drafts-missing": "No Drafts folder is found{mailbox: under the name %s}. Set drafts to one of"
    " these: {there}.",
    "folder-missing": "There is no folder {mailbox}. Set {role} to one of these: {there}.",
    "mailbox-missing": "The folder {mailbox} cannot be opened{code: (%s)}. See mailboxes and junk"
    " in the configuration; there are: {there}.",
    "no-mailbox-open": "No folder was open. It is tried again.",
    "uidvalidity-changed": "The server has numbered the mails in {mailbox} anew. It is listed"
    " again.",
    "listing-incomplete": "The server listed {listed} of {there} mails in {mailbox}. It is tried"
    " again.",
    "append-refused": "The server did not take the draft into {mailbox}{code: (%s)}. It is tried"
    " again.",
    "over-quota": "The mailbox is full: no draft can be stored in {mailbox}. Delete"
    " mail, or ask for more room.",
    "append-not-found": "A draft was stored in {mailbox} and is not found there. It is looked for"
    " again.",
    "append-unanswered": "It is not known whether the server stored a draft in {mailbox} ({cause})."
    " It is looked for before it is stored again.",
    "append-unverified": "A draft was stored in {mailbox} and could not be read back ({cause}). It"
    " is looked for again.",
    # state
    "state-locked": "Another triage (process {pid}) works with {path}. Stop it first, or give this"
    " one another state folder.",
    "state-at-work": "triage is running (process {pid}), and would keep what is to be forgotten."
    " Stop it (Ctrl-C, or systemctl --user stop triage), give this command again, and start it.",
    "state-of-another": "The state folder {path} belongs to the user {user}, who could not open"
    " what others leave there. Run: {line}",
    "open-to-all": "{path} can be changed by everybody on this machine, who could so have triage do"
    " anything. Run: chmod o-w {path}",
    "state-not-writable": "The state folder {path} cannot be used: {why}. See its owner and mode,"
    " or set state in the configuration.",
    "state-moved": "The state folder changed from {old} to {new}. Restart triage for that.",
    "state-busy": "The ledger {path} is held by another program for too long. It is tried again.",
    "state-disk-full": "The disk of {path} is full. Make room; triage goes on where it was.",
    "state-io": "The disk of {path} failed. See the system's log.",
    "state-read-only": "The ledger {path} cannot be written to. See its owner, its mode, and that"
    " the disk is mounted for writing.",
    "ledger-damaged": "The ledger {path} is damaged, and is left as it is. Put a backup in its"
    " place, or move it away: triage then begins with the mail of the last days, and looks for its"
    " drafts before it makes new ones.",
    "ledger-not-opened": "The ledger {path} cannot be opened{why:: %s}. See the owner and the mode"
    " of it and of its folder.",
    "ledger-too-new": "The ledger {path} was written by a newer triage. Use that one.",
    "not-tried": "Not tried for another {seconds} s: the last look failed, as triage status says."
    " In a terminal, triage once tries it at once.",
    "not-tried-stopped": "Not tried for another {seconds} s, so that no provider locks it: its"
    " owner must act, as triage status says. In a terminal, triage once tries it at once.",
    "clock-behind": "This machine's clock is years behind. Nothing is read until it is set.",
    "program-error": "triage met an error of its own ({error}). It is tried again; please report"
    " it.",
}


def sentence(error: TriageError) -> str:
    """What to say of an error. A list of faults has a line each."""
    match error.kind:
        case "config-faults":
            problems = cast("Iterable[Problem]", error.facts["problems"])
            head = f"{clean(error.facts['path'])} cannot be used:"
            return "\n".join([head, *map(problem, problems)])
        case "templates-faulty":
            found = cast("Iterable[Fault]", error.facts["faults"])
            return "\n".join(["These letters cannot be used:", *faults(found)])
        case "corpus-faults":
            lines = cast("Sequence[LineFault]", error.facts["faults"])
            more = [f"  and {len(lines) - SHOWN:,} more"] if len(lines) > SHOWN else []
            shown = map(line_fault, lines[:SHOWN])
            return "\n".join(["The corpus cannot be used:", *shown, *more])
    return worded(ERRORS, error.kind, error.facts)


def own_fault(error: Exception) -> str:
    """What to say when the program itself is at fault."""
    return f"triage met an error of its own ({type(error).__name__}). Run it again with --debug."
