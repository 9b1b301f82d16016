package org.postel.imap.session;

import java.util.Set;

/**
 * How a client is told of things, by the extensions it turned on.
 *
 * @param vanished VANISHED in place of EXPUNGE (RFC 7162 §3.2.10, RFC 9586 §3.3)
 * @param utf8     names of mailboxes in UTF-8, not in modified UTF-7 (RFC 6855 §3, RFC 9051 §5.1)
 * @param rev2     what RFC 9051 removed is not told: RECENT, the first unseen message (its Appendix E)
 * @param numbers  messages have numbers; without them they have UIDs only, and UIDFETCH takes the place of FETCH (RFC 9586 §3.2)
 */
public record Dialect(boolean vanished, boolean numbers, boolean utf8, boolean rev2) {

    /** That of a client that turned nothing on. */
    public static final Dialect PLAIN = of(Set.of());

    public static Dialect of(Set<Extension> enabled) {
        boolean uidOnly = enabled.contains(Extension.UIDONLY);
        boolean rev2 = enabled.contains(Extension.IMAP4REV2);
        return new Dialect(uidOnly || enabled.contains(Extension.QRESYNC), !uidOnly, rev2 || enabled.contains(Extension.UTF8_ACCEPT), rev2);
    }
}
