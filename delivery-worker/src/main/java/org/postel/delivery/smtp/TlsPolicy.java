package org.postel.delivery.smtp;

import java.util.Set;

/** What a connection must be like before mail goes over it. Two connections of one policy are as good as each other. */
public sealed interface TlsPolicy {

    /** {@link Off}. */
    TlsPolicy OFF = new Off();
    /** {@link Opportunistic}. */
    TlsPolicy OPPORTUNISTIC = new Opportunistic();
    /** {@link Required}. */
    TlsPolicy REQUIRED = new Required();

    /** Never TLS. */
    record Off() implements TlsPolicy {}

    /** When the server offers it, without asking who it is (RFC 7435); in clear otherwise, and when the handshake fails. */
    record Opportunistic() implements TlsPolicy {}

    /** Never in clear; the certificate is not looked at. */
    record Required() implements TlsPolicy {}

    /**
     * Only under a certificate for the server's name that one of these authorities stands for: RFC 8461 §4.1.
     *
     * @param wanted who wants that
     */
    record Verified(Authorities authorities, Wanted wanted) implements TlsPolicy {

        /** Who wants a certificate to be verified. */
        public enum Wanted {
            /** The domain, whose policy is in force (MTA-STS). */
            BY_DOMAIN,
            /** The sender (REQUIRETLS): RFC 8689 §4.2.1. */
            BY_SENDER
        }
    }

    /**
     * Only under a certificate that DNS names: RFC 7672 §3.
     *
     * @param base the name whose TLSA records they are (TLSA base domain, RFC 7672 §2.2.3): the server is asked for it
     * @param associations of which one must match; usages 2 and 3
     * @param names of which the certificate must carry one, with usage 2
     */
    record Dane(String base, Set<Tlsa> associations, Set<String> names) implements TlsPolicy {

        /** An unchangeable copy. */
        public Dane {
            associations = Set.copyOf(associations);
            names = Set.copyOf(names);
        }
    }

    /** The name that a server, called so, is asked for in the handshake (SNI, RFC 6066 §3): RFC 7672 §8.1. */
    default String nameOf(String server) {
        return this instanceof Dane dane ? dane.base() : server;
    }

    /** What a connection under TLS proved, in words for a trace. */
    default String proof() {
        return switch (this) {
            case Off ignored -> "certificate not verified";
            case Opportunistic ignored -> "certificate not verified";
            case Required ignored -> "certificate not verified";
            case Verified verified -> switch (verified.wanted()) {
                case BY_DOMAIN -> "certificate verified (MTA-STS)";
                case BY_SENDER -> "certificate verified (WebPKI)";
            };
            case Dane ignored -> "certificate verified (DANE)";
        };
    }

    /** Whether mail waits rather than go in clear. */
    default boolean mandatory() {
        return switch (this) {
            case Off ignored -> false;
            case Opportunistic ignored -> false;
            case Required ignored -> true;
            case Verified ignored -> true;
            case Dane ignored -> true;
        };
    }
}
