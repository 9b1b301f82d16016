package org.postel.smtp.command;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.postel.mail.Mailbox;

/** Knows two domains and their users, by exact canonical address, as the real one does. */
public final class FakeDirectory implements Directory {

    private static final Set<String> DOMAINS = Set.of("example.test", "xn--bcher-kva.test");
    private static final Set<String> USERS = Set.of("alice@example.test", "bob@example.test", "postmaster@example.test", "j\u00f6rg@example.test",
        "\"a b\"@example.test", "srs0=abcdefgh=ab=example.org=carol@example.test");
    private volatile boolean down;
    private volatile OptionalLong room = OptionalLong.empty();

    public void down(boolean now) {
        down = now;
    }

    /** Of each account, in octets. */
    public void room(long octets) {
        room = OptionalLong.of(octets);
    }

    @Override
    public Standing standing(Mailbox mailbox) throws BackendUnavailableException {
        if (down) {
            throw new BackendUnavailableException("down", new IllegalStateException());
        }
        if (!DOMAINS.contains(mailbox.host().canonical().toLowerCase(Locale.ROOT))) {
            return new Standing.NotOurs();
        }
        return USERS.contains(mailbox.canonical()) ? new Standing.Local(room) : new Standing.UnknownUser();
    }
}
