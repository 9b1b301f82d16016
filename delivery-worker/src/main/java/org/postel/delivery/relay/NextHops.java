package org.postel.delivery.relay;

import java.util.List;

/** Which servers take the mail of a domain. */
@FunctionalInterface
public interface NextHops {

    /** The answer. */
    sealed interface Found {
        /** In the order to try them, at least one. */
        record Servers(List<Hop> hops) implements Found {}

        /** None, for now or for good. */
        record None(org.postel.queue.v1.Failure failure) implements Found {
            /** Whether it is for good. */
            public boolean permanent() {
                return failure.getStatus().startsWith("5");
            }
        }
    }

    /**
     * @param domain lower case A-labels, or an address literal in brackets
     * @param need what the message needs of a connection
     */
    Found of(String domain, TlsNeed need) throws InterruptedException;
}
