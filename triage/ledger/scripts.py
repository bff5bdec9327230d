"""The tables of the ledger, as they came to be.

The rules of the program stand here: what must not happen is refused by a key, a check or a
trigger. Times are seconds since the epoch (UTC).
"""

# One script a version; script N brings a ledger from version N to N + 1. Released scripts are
# never edited.
MIGRATIONS = (
    """
    CREATE TABLE account (
        account      TEXT PRIMARY KEY,  -- the owner's main address, case folded
        since        REAL,              -- first contact: mail that arrived before is never judged
        started      REAL,              -- the running cycle began
        succeeded    REAL,              -- the last whole cycle ended
        failures     INTEGER NOT NULL DEFAULT 0,
        retry_at     REAL,              -- back-off: not tried again before
        stopped      INTEGER NOT NULL DEFAULT 0,  -- 1: until its owner acts
        error        TEXT,              -- kind of the error that ended the last cycle
        facts        TEXT               -- its facts, JSON
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE mailbox (
        account      TEXT NOT NULL REFERENCES account,
        mailbox      TEXT NOT NULL,
        uidvalidity  INTEGER NOT NULL,
        base         INTEGER NOT NULL,  -- UIDNEXT at first contact
        since        REAL NOT NULL,     -- below the base only mail from then on counts
        listed       INTEGER NOT NULL,  -- every UID below has been listed
        trouble      INTEGER NOT NULL DEFAULT 0,  -- 1: a FETCH broke; some mail may be the cause
        PRIMARY KEY (account, mailbox)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE message (
        account      TEXT NOT NULL REFERENCES account,
        digest       TEXT NOT NULL,
        message_id   TEXT,
        echo         TEXT NOT NULL,     -- digest of sender and text: the same letter again
        arrived      REAL NOT NULL,
        judged       REAL NOT NULL,
        outcome      TEXT NOT NULL,
        reason       TEXT NOT NULL,
        origin       TEXT NOT NULL,
        topic        TEXT,
        complaint    REAL,
        language     TEXT,
        undrafted    TEXT NOT NULL,     -- why there is no draft, '' when there is one
        provisional  INTEGER NOT NULL,  -- 1: seen in a folder that is only listed (Junk)
        PRIMARY KEY (account, digest)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX message_echo ON message (account, echo, judged);
    CREATE INDEX message_judged ON message (account, judged);

    CREATE TRIGGER message_is_final BEFORE UPDATE ON message
    WHEN old.provisional = 0
    BEGIN SELECT RAISE(ABORT, 'a judged message is not judged again'); END;

    CREATE TABLE location (
        account      TEXT NOT NULL REFERENCES account,
        mailbox      TEXT NOT NULL,
        uidvalidity  INTEGER NOT NULL,
        uid          INTEGER NOT NULL,
        digest       TEXT,              -- NULL until read, and when it cannot be read
        state        TEXT NOT NULL CHECK (state IN ('listed', 'finished')),
        attempts     INTEGER NOT NULL DEFAULT 0,
        retry_at     REAL NOT NULL DEFAULT 0,
        failed       TEXT,              -- kind of the last error, kept when it was given up
        facts        TEXT,              -- its facts, JSON
        PRIMARY KEY (account, mailbox, uidvalidity, uid)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX location_open ON location (account, mailbox, uidvalidity, uid)
        WHERE state = 'listed';
    CREATE INDEX location_failed ON location (account) WHERE failed IS NOT NULL;

    CREATE TRIGGER location_forward BEFORE UPDATE OF state ON location
    WHEN old.state = 'finished' AND new.state <> 'finished'
    BEGIN SELECT RAISE(ABORT, 'a finished place is not opened again'); END;

    CREATE TABLE draft (
        account      TEXT NOT NULL,
        digest       TEXT NOT NULL,
        generation   INTEGER NOT NULL,
        message_id   TEXT NOT NULL,
        in_reply_to  TEXT,              -- Message-ID of the message answered
        template     TEXT NOT NULL,
        raw          BLOB NOT NULL,
        state        TEXT NOT NULL
                     CHECK (state IN ('intended', 'appending', 'stored', 'dropped')),
        intended     REAL NOT NULL,
        tries        INTEGER NOT NULL DEFAULT 0,  -- how often it could not be stored
        attempts     INTEGER NOT NULL DEFAULT 0,  -- how many APPENDs were sent
        swallowed    INTEGER NOT NULL DEFAULT 0,  -- APPENDs answered OK and never found again
        unsettled    REAL,              -- an APPEND was sent then and its answer is not known
        retry_at     REAL NOT NULL DEFAULT 0,
        dropped      TEXT,              -- why it was not stored after all
        stored       REAL,
        mailbox      TEXT,
        uidvalidity  INTEGER,
        uid          INTEGER,
        raw_digest   TEXT,              -- SHA-256 of the draft as read back
        sweep_at     REAL,              -- look for a late second copy then
        sweeps       INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (account, digest, generation),
        UNIQUE (account, message_id),
        FOREIGN KEY (account, digest) REFERENCES message,
        CHECK ((state = 'stored') = (stored IS NOT NULL)),
        CHECK (unsettled IS NULL OR state = 'appending')
    ) STRICT;
    CREATE INDEX draft_open ON draft (account) WHERE state IN ('intended', 'appending');
    CREATE INDEX draft_sweep ON draft (account, sweep_at) WHERE sweep_at IS NOT NULL;
    CREATE INDEX draft_stored ON draft (account, stored);

    CREATE TRIGGER draft_forward BEFORE UPDATE OF state ON draft
    WHEN old.state IN ('stored', 'dropped') AND new.state <> old.state
      OR old.state = 'appending' AND new.state = 'intended'
    BEGIN SELECT RAISE(ABORT, 'a draft does not go back'); END;

    CREATE TRIGGER draft_is_written_once BEFORE UPDATE OF message_id, raw, in_reply_to ON draft
    BEGIN SELECT RAISE(ABORT, 'a draft is not rewritten'); END;
    """,
    """
    ALTER TABLE message ADD COLUMN writer TEXT;   -- address; NULL: nobody is named, or not kept yet
    ALTER TABLE message ADD COLUMN subject TEXT;  -- its first characters; NULL: not kept yet
    CREATE INDEX location_message ON location (account, digest) WHERE digest IS NOT NULL;

    ALTER TABLE location ADD COLUMN tried REAL;   -- when it failed last
    UPDATE location SET tried = retry_at - 60.0 * (1 << (2 * (attempts - 1)))
    WHERE failed IS NOT NULL;
    DROP INDEX location_failed;
    CREATE INDEX location_failed ON location (account, tried) WHERE failed IS NOT NULL;
    """,
    """
    ALTER TABLE message ADD COLUMN signals TEXT;  -- names, blanks between; NULL: not kept yet
    """,
    """
    ALTER TABLE message ADD COLUMN complainant TEXT;  -- address a complaint is answered at
    ALTER TABLE message ADD COLUMN order_key TEXT;    -- the one order it is about
    ALTER TABLE message ADD COLUMN again TEXT;        -- day of the first one of the same matter
    CREATE INDEX message_complainant ON message (account, complainant, arrived)
        WHERE complainant IS NOT NULL;
    """,
    """
    ALTER TABLE draft ADD COLUMN fate TEXT CHECK (fate IN
        ('edited', 'gone', 'discarded', 'sent', 'settled', 'answered', 'replaced',
         'corrected'));
    ALTER TABLE draft ADD COLUMN fated REAL;     -- since when; both NULL: it waits, untouched
    ALTER TABLE draft ADD COLUMN changed REAL;   -- of one that was sent: share of its words changed
    ALTER TABLE draft ADD COLUMN withdraw TEXT CHECK (withdraw IN
        ('settled', 'answered', 'replaced', 'corrected'));  -- why it goes while untouched
    ALTER TABLE draft ADD COLUMN successor TEXT; -- message_id of the draft that takes its place
    CREATE INDEX draft_waits ON draft (account, stored)
        WHERE state = 'stored' AND (fate IS NULL OR fate IN ('edited', 'gone'));
    CREATE INDEX draft_successor ON draft (account, successor) WHERE successor IS NOT NULL;

    CREATE TRIGGER draft_fate_is_final BEFORE UPDATE OF fate ON draft
    WHEN old.fate IN ('sent', 'settled', 'answered', 'replaced', 'corrected')
     AND new.fate IS NOT old.fate
    BEGIN SELECT RAISE(ABORT, 'what became of a draft is known'); END;

    CREATE TABLE answer (                -- the first answer of the owner to a message
        account      TEXT NOT NULL,
        digest       TEXT NOT NULL,
        answered     REAL NOT NULL,
        how          TEXT NOT NULL CHECK (how IN ('letter', 'own', 'flag')),
        PRIMARY KEY (account, digest),
        FOREIGN KEY (account, digest) REFERENCES message
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE thread (                -- which earlier mails a customer's mail names
        account      TEXT NOT NULL,
        named        TEXT NOT NULL,      -- Message-ID
        digest       TEXT NOT NULL,
        settled      INTEGER NOT NULL,   -- 1: it tells of a good end
        PRIMARY KEY (account, named, digest),
        FOREIGN KEY (account, digest) REFERENCES message
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX thread_of ON thread (account, digest);

    CREATE TABLE mark (                  -- what was set on a message that did not bear it before
        account      TEXT NOT NULL,
        digest       TEXT NOT NULL,
        flag         INTEGER NOT NULL,
        keyword      TEXT NOT NULL,      -- '': none
        label        TEXT NOT NULL,      -- of Gmail's; '': none
        marked       REAL NOT NULL,
        undone       REAL,               -- the owner has taken the flag off: dealt with
        unmarked     REAL,               -- we have taken all off: he said it is no complaint
        PRIMARY KEY (account, digest),
        FOREIGN KEY (account, digest) REFERENCES message
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX mark_stands ON mark (account) WHERE flag = 1 AND undone IS NULL;

    CREATE TABLE followed (              -- a folder of the owner, read as far as `uidnext`
        account      TEXT NOT NULL REFERENCES account,
        mailbox      TEXT NOT NULL,
        uidvalidity  INTEGER NOT NULL,
        uidnext      INTEGER NOT NULL,
        PRIMARY KEY (account, mailbox)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX message_flagged ON message (account, judged) WHERE outcome = 'flagged';
    CREATE INDEX message_named ON message (account, message_id) WHERE message_id IS NOT NULL;
    """,
    """
    CREATE TABLE lesson (
        account      TEXT NOT NULL REFERENCES account,
        mailbox      TEXT NOT NULL,     -- a teaching folder
        uidvalidity  INTEGER NOT NULL,  -- 0: numbered anew under the same one
        uid          INTEGER NOT NULL,
        digest       TEXT,              -- NULL: nothing is learned from this mail
        taught       REAL NOT NULL,     -- first seen there
        tries        INTEGER NOT NULL DEFAULT 0,  -- how many looks broke off at it
        kept         INTEGER NOT NULL DEFAULT 1,  -- 0: too old, or its writer is forgotten
        PRIMARY KEY (account, mailbox, uidvalidity, uid)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX lesson_digest ON lesson (account, digest) WHERE digest IS NOT NULL;
    CREATE INDEX lesson_taught ON lesson (account, taught) WHERE digest IS NOT NULL AND kept = 1;

    CREATE TABLE correction (            -- what the owner has said of a message that was judged
        account      TEXT NOT NULL,
        digest       TEXT NOT NULL,
        complaint    INTEGER NOT NULL,
        corrected    REAL NOT NULL,
        PRIMARY KEY (account, digest),
        FOREIGN KEY (account, digest) REFERENCES message
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE digest (                -- the mail that tells its owner of a day
        account      TEXT NOT NULL REFERENCES account,
        day          TEXT NOT NULL,      -- the owner's, ISO 8601
        tries        INTEGER NOT NULL,   -- how often it was appended; 0: there was nothing to say
        begun        REAL NOT NULL,      -- the last APPEND
        done         REAL,               -- it was seen to lie there, or not needed
        PRIMARY KEY (account, day)
    ) STRICT, WITHOUT ROWID;

    -- Who is forgotten leaves what keeps his mails from being answered again, and no more: this
    -- one change of a judged message, and of a letter's words, is let through.
    DROP TRIGGER message_is_final;
    CREATE TRIGGER message_is_final BEFORE UPDATE ON message
    WHEN old.provisional = 0 AND NOT (
        new.account = old.account AND new.digest = old.digest
        AND new.arrived = old.arrived AND new.judged = old.judged
        AND new.outcome = old.outcome AND new.reason = old.reason
        AND new.origin = old.origin AND new.topic IS old.topic
        AND new.complaint IS old.complaint AND new.language IS old.language
        AND new.undrafted = old.undrafted AND new.provisional = old.provisional
        AND new.signals IS old.signals AND new.again IS NULL AND new.echo = ''
        AND new.message_id IS NULL AND new.writer IS NULL AND new.subject IS NULL
        AND new.complainant IS NULL AND new.order_key IS NULL)
    BEGIN SELECT RAISE(ABORT, 'a judged message is not judged again'); END;

    DROP TRIGGER draft_is_written_once;
    CREATE TRIGGER draft_is_written_once BEFORE UPDATE OF message_id, raw, in_reply_to ON draft
    WHEN NOT (
        new.message_id = old.message_id AND new.raw = x'' AND new.in_reply_to IS NULL
        AND new.state IN ('stored', 'dropped') AND new.sweep_at IS NULL)
    BEGIN SELECT RAISE(ABORT, 'a draft is not rewritten'); END;
    """,
)
