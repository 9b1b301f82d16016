package org.postel.imap.syntax;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code fetch-modifiers} of RFC 4466 §2.4.
 *
 * @param changedSince only messages with a higher MODSEQ (RFC 7162 §3.1.4.1)
 * @param partial      only some of the messages (RFC 9394 §3.4)
 */
record FetchModifiers(OptionalLong changedSince, Optional<Page> partial) {

    /** {@code [SP "(" fetch-modifier *(SP fetch-modifier) ")"]}. */
    static FetchModifiers parse(Cursor cursor, boolean uid) throws SyntaxException {
        OptionalLong changedSince = OptionalLong.empty();
        Optional<Page> partial = Optional.empty();
        if (!cursor.accept(' ')) {
            return new FetchModifiers(changedSince, partial);
        }
        cursor.expect('(');
        do {
            if (changedSince.isEmpty() && cursor.acceptWord("CHANGEDSINCE ")) {
                // RFC 7162 §7 wants 1 or more; 0 is taken too, for all messages: iOS Mail sends it when it knows no MODSEQ yet.
                changedSince = OptionalLong.of(cursor.modSequence());
            } else if (uid && partial.isEmpty() && cursor.acceptWord("PARTIAL ")) {
                partial = Optional.of(Page.parse(cursor));
            } else {
                throw new SyntaxException("Unknown modifier");
            }
        } while (cursor.accept(' '));
        cursor.expect(')');
        return new FetchModifiers(changedSince, partial);
    }
}
