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

    /** The partitions to look into. Of one sender there is less than for one destination, but for notifications, which have all the same. */
    String scope() {
        Optional<String> somebody = sender.filter(name -> domain.isEmpty() || !name.isEmpty());
        return somebody.map(Scopes::from).orElseGet(() -> domain.map(Scopes::to).orElse(Scopes.ALL));
    }

    /** Whether mail from one to the other is asked for. */
    public boolean takes(String from, String recipient) {
        return sender.map(wanted -> wanted.equalsIgnoreCase(from)).orElse(true)
                && domain.map(wanted -> Scopes.to(wanted).equals(Scopes.to(recipient.substring(recipient.lastIndexOf('@') + 1)))).orElse(true);
    }
}
