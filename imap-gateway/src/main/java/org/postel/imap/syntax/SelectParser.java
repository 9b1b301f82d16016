package org.postel.imap.syntax;

import java.util.Optional;

/** The arguments of SELECT and EXAMINE: {@code SP mailbox [SP "(" select-param *(SP select-param) ")"]} (RFC 4466 §2.1). */
final class SelectParser {

    private final Cursor cursor;
    private boolean condstore;
    private Optional<QuickResync> resync = Optional.empty();

    private SelectParser(Cursor cursor) {
        this.cursor = cursor;
    }

    static ImapCommand.Select select(Cursor cursor) throws SyntaxException {
        cursor.sp();
        String written = cursor.mailbox();
        SelectParser parameters = read(cursor);
        return new ImapCommand.Select(new MailboxName(written), written, parameters.condstore, parameters.resync);
    }

    static ImapCommand.Examine examine(Cursor cursor) throws SyntaxException {
        ImapCommand.Select select = select(cursor);
        return new ImapCommand.Examine(select.mailbox(), select.written(), select.condstore(), select.resync());
    }

    private static SelectParser read(Cursor cursor) throws SyntaxException {
        SelectParser parser = new SelectParser(cursor);
        if (cursor.accept(' ')) {
            cursor.expect('(');
            do {
                parser.parameter();
            } while (cursor.accept(' '));
            cursor.expect(')');
        }
        return parser;
    }

    /** {@code select-param =/ condstore-param / "QRESYNC" SP "(" ... ")"} (RFC 7162 §7), each once. */
    private void parameter() throws SyntaxException {
        switch (cursor.keyword()) {
            case "CONDSTORE" -> condstore = true;
            case "QRESYNC" -> {
                if (resync.isPresent()) {
                    throw new SyntaxException("QRESYNC twice");
                }
                cursor.sp();
                resync = Optional.of(resync());
            }
            default -> throw new SyntaxException("Unknown parameter");
        }
    }

    /** {@code "(" uidvalidity SP mod-sequence-value [SP known-uids] [SP seq-match-data] ")"}. */
    private QuickResync resync() throws SyntaxException {
        cursor.expect('(');
        long uidValidity = cursor.nzNumber();
        cursor.sp();
        long modseq = cursor.modSequence();
        Optional<SequenceSet> known = Optional.empty();
        Optional<SequenceMatch> match = Optional.empty();
        boolean more = cursor.accept(' ');
        if (more && cursor.peek() != '(') {
            known = Optional.of(withoutStar());
            more = cursor.accept(' ');
        }
        if (more) {
            match = Optional.of(match());
        }
        cursor.expect(')');
        return new QuickResync(uidValidity, modseq, known, match);
    }

    /** {@code seq-match-data = "(" known-sequence-set SP known-uid-set ")"}. */
    private SequenceMatch match() throws SyntaxException {
        cursor.expect('(');
        SequenceSet numbers = withoutStar();
        cursor.sp();
        SequenceSet uids = withoutStar();
        cursor.expect(')');
        if (numbers.size() != uids.size()) {
            throw new SyntaxException("Not as many message numbers as UIDs");
        }
        return new SequenceMatch(numbers, uids);
    }

    /** {@code sequence-set} where {@code *} is not allowed. */
    private SequenceSet withoutStar() throws SyntaxException {
        SequenceSet set = SequenceSetParser.sequenceSet(cursor);
        if (set.ranges().getLast().to() == SequenceSet.STAR) {
            throw new SyntaxException("\"*\" where numbers belong");
        }
        return set;
    }
}
