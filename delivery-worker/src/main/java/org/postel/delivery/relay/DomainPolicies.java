package org.postel.delivery.relay;

/** What domains say about TLS to their servers. */
@FunctionalInterface
public interface DomainPolicies {

    /** What the domain says now, or said and still stands to. */
    StsPolicy of(String domain) throws InterruptedException;
}
