package org.postel.mailbox.authority;

import java.util.Arrays;
import java.util.Optional;

/** A kind of act that an administrator may be let do; a scope of RFC 8693 §4.2. */
public enum Scope {
    /** Domains, their keys and their records in DNS. */
    DOMAINS_READ("domains:read"),
    DOMAINS_WRITE("domains:write"),
    /** Accounts, their settings, quotas and app passwords; never a password or a mail. */
    ACCOUNTS_READ("accounts:read"),
    ACCOUNTS_WRITE("accounts:write"),
    /** Addresses that lead to others. */
    ALIASES_READ("aliases:read"),
    ALIASES_WRITE("aliases:write"),
    /** Mail on its way: queue, traces, dead letters, suppressed addresses. */
    QUEUE_READ("queue:read"),
    QUEUE_WRITE("queue:write"),
    /** What administrators did. */
    AUDIT_READ("audit:read"),
    /** Roles and tokens. No token has it: one that made others would outlive itself. */
    ADMINISTRATORS("administrators");

    private final String word;

    Scope(String word) {
        this.word = word;
    }

    /** As a token says it. */
    public String word() {
        return word;
    }

    /** Whether a token may have it. */
    public boolean grantable() {
        return this != ADMINISTRATORS;
    }

    /** The scope of this name. */
    public static Optional<Scope> of(String word) {
        return Arrays.stream(values()).filter(scope -> scope.word.equals(word)).findFirst();
    }
}
