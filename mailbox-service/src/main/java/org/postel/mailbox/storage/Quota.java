package org.postel.mailbox.storage;

import java.util.OptionalLong;

/**
 * What an account may hold: RFC 9208 §5.1 and §5.2.
 *
 * @param bytes    octets of all its messages; empty: no limit
 * @param messages how many in all its mailboxes; empty: no limit
 */
public record Quota(OptionalLong bytes, OptionalLong messages) {

    public static final Quota UNLIMITED = new Quota(OptionalLong.empty(), OptionalLong.empty());

    public Quota {
        if (bytes.orElse(0) < 0 || messages.orElse(0) < 0) {
            throw new IllegalArgumentException("a quota is no negative number");
        }
    }

    public boolean isUnlimited() {
        return bytes.isEmpty() && messages.isEmpty();
    }

    /** Whether so much is within it. */
    public boolean admits(Held held) {
        return held.bytes() <= bytes.orElse(Long.MAX_VALUE) && held.messages() <= messages.orElse(Long.MAX_VALUE);
    }

    /** What one mailbox of an account holds. */
    public record Folder(String name, Held held) {}

    /** What an account holds. */
    public record Held(long bytes, long messages) {

        public Held plus(long moreBytes, long moreMessages) {
            return new Held(bytes + moreBytes, messages + moreMessages);
        }
    }
}
