package org.postel.smtp.command;

import java.util.Optional;
import java.util.Set;
import org.postel.smtp.syntax.Reply;

/**
 * What was found out about a message.
 *
 * @param refusal why it is not taken
 * @param fields  header fields that tell of it, each ended by CRLF; or none
 * @param junk    whether it belongs into the mailbox for junk
 * @param vouched what vouches for its sender
 */
public record Assessment(Optional<Reply> refusal, String fields, boolean junk, Set<Voucher> vouched) {

    /** What may vouch for a sender. */
    public enum Voucher {
        /** The sender's domain lets the client send (RFC 7208). */
        SPF,
        /** A domain has signed the mail (RFC 6376). */
        DKIM
    }

    public Assessment {
        vouched = Set.copyOf(vouched);
    }

    /** Nobody vouches for the sender. */
    public Assessment(Optional<Reply> refusal, String fields, boolean junk) {
        this(refusal, fields, junk, Set.of());
    }

    /** Nothing is to be told. */
    public static final Assessment NOTHING = new Assessment(Optional.empty(), "", false);

    /** The same, and these vouch for the sender. */
    public Assessment vouchedBy(Set<Voucher> vouchers) {
        return new Assessment(refusal, fields, junk, vouchers);
    }

    /** The same, and more to tell. */
    public Assessment and(String moreFields, boolean alsoJunk) {
        return new Assessment(refusal, fields + moreFields, junk || alsoJunk, vouched);
    }

    /** It is not taken. */
    public static Assessment refused(Reply reply) {
        return new Assessment(Optional.of(reply), "", false);
    }
}
