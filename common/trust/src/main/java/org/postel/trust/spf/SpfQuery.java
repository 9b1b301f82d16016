package org.postel.trust.spf;

import java.net.InetAddress;

/**
 * The arguments of check_host(): RFC 7208 §4.1.
 *
 * @param client    who connects
 * @param helo      what it calls itself
 * @param localPart of the sender
 * @param domain    of the sender, in A-labels
 */
public record SpfQuery(InetAddress client, String helo, String localPart, String domain) {

    private static final String NOBODY = "postmaster";

    /** About a MAIL FROM: RFC 7208 §2.4. Without a local part it is the postmaster's (§4.3). */
    public static SpfQuery ofSender(InetAddress client, String helo, String localPart, String domain) {
        return new SpfQuery(client, helo, localPart.isEmpty() ? NOBODY : localPart, domain);
    }

    /** About the name a client gives itself, as for a null sender: RFC 7208 §2.3 and §2.4. */
    public static SpfQuery ofHelo(InetAddress client, String helo) {
        return new SpfQuery(client, helo, NOBODY, helo);
    }
}
