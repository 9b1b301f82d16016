package org.postel.trust;

import java.net.InetAddress;
import org.postel.mail.ReversePath;

/**
 * Who brings a mail.
 *
 * @param client where it connects from
 * @param helo   what it calls itself
 * @param from   the sender it names
 */
public record Sender(InetAddress client, String helo, ReversePath from) {
}
