package org.postel.mail.mime;

import java.util.Optional;

/**
 * One entry of an address list as RFC 9051 §7.5.2 counts them. A group is a start, its members and an end: the start has
 * the group's name as mailbox and no host, the end has neither. A mailbox whose domain is missing has an empty host.
 *
 * @param name    the display name, quoting removed
 * @param mailbox the local part, quoting removed
 * @param host    the domain
 */
public record EnvelopeAddress(Optional<Octets> name, Optional<Octets> mailbox, Optional<Octets> host) {

    /** The end of a group. */
    public static final EnvelopeAddress GROUP_END = new EnvelopeAddress(Optional.empty(), Optional.empty(), Optional.empty());

    /** The start of a group. */
    public static EnvelopeAddress groupStart(Octets name) {
        return new EnvelopeAddress(Optional.empty(), Optional.of(name), Optional.empty());
    }

    /** Whether it is an address, and not the start or end of a group. */
    public boolean isMailbox() {
        return host.isPresent();
    }
}
