package org.postel.mailbox.directory;

import java.util.Optional;

/**
 * A domain of ours.
 *
 * @param name       canonical
 * @param postmaster where mail for its postmaster goes when no address says so
 */
public record LocalDomain(String name, Optional<String> postmaster) {}
