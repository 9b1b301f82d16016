package org.postel.imap.syntax;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The modifiers of FETCH: {@code SP "(" fetch-modifier *(SP fetch-modifier) ")"} (RFC 4466 §2.4).
 *
 * @param changedSince only messages with a higher MODSEQ (RFC 7162 §3.1.4.1)
 * @param vanished     tell also what left since then (RFC 7162 §3.2.6)
 * @param partial      only some of the messages (RFC 9394 §3.4)
 */
public record FetchModifiers(OptionalLong changedSince, boolean vanished, Optional<Page> partial) {

    public static final FetchModifiers NONE = new FetchModifiers(OptionalLong.empty(), false, Optional.empty());

    static FetchModifiers parse(Cursor cursor, boolean uid) throws SyntaxException {
        OptionalLong changedSince = OptionalLong.empty();
        boolean vanished = false;
        Optional<Page> partial = Optional.empty();
        cursor.expect('(');
        do {
            if (changedSince.isEmpty() && cursor.acceptWord("CHANGEDSINCE ")) {
                // RFC 7162 §7 wants 1 or more; 0 is taken too, for all messages: iOS Mail sends it when it knows no MODSEQ yet.
                changedSince = OptionalLong.of(cursor.modSequence());
            } else if (uid && partial.isEmpty() && cursor.acceptWord("PARTIAL ")) {
                partial = Optional.of(Page.parse(cursor));
            } else if (cursor.acceptWord("VANISHED")) {
                vanished = true;
            } else {
                throw new SyntaxException("Unknown modifier");
            }
        } while (cursor.accept(' '));
        cursor.expect(')');
        if (vanished && (!uid || changedSince.isEmpty())) {
            throw new SyntaxException("VANISHED belongs to UID FETCH with CHANGEDSINCE");
        }
        return new FetchModifiers(changedSince, vanished, partial);
    }
}
