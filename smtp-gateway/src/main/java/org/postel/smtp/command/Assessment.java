package org.postel.smtp.command;

import java.util.Optional;
import org.postel.smtp.syntax.Reply;

/**
 * What was found out about a message.
 *
 * @param refusal why it is not taken
 * @param fields  header fields that tell of it, each ended by CRLF; or none
 * @param junk    whether it belongs into the mailbox for junk
 */
public record Assessment(Optional<Reply> refusal, String fields, boolean junk) {

    /** Nothing is to be told. */
    public static final Assessment NOTHING = new Assessment(Optional.empty(), "", false);

    /** It is not taken. */
    public static Assessment refused(Reply reply) {
        return new Assessment(Optional.of(reply), "", false);
    }
}
