package org.postel.mailbox.transit;

import java.util.Optional;

/**
 * Which part of the queue is asked for; both: what goes from one to the other.
 *
 * @param domain destination
 * @param sender reverse-path; empty text for the null one
 */
public record QueueFilter(Optional<String> domain, Optional<String> sender) {

    /** Everything. */
    public static final QueueFilter ALL = new QueueFilter(Optional.empty(), Optional.empty());

    String scope() {
        return domain.map(Scopes::to).orElseGet(() -> sender.map(Scopes::from).orElse(Scopes.ALL));
    }

    /** Whether mail from one to the other is asked for. */
    public boolean takes(String from, String recipient) {
        return sender.map(wanted -> wanted.equalsIgnoreCase(from)).orElse(true)
                && domain.map(wanted -> Scopes.to(wanted).equals(Scopes.to(recipient.substring(recipient.lastIndexOf('@') + 1)))).orElse(true);
    }
}
