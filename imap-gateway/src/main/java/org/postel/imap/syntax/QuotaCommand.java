package org.postel.imap.syntax;

import java.util.Locale;
import java.util.Map;

/** The commands of RFC 9208 §4.1. */
public sealed interface QuotaCommand {

    default String verb() {
        return getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    record GetQuota(String root) implements QuotaCommand {
    }

    record GetQuotaRoot(MailboxName mailbox) implements QuotaCommand {
    }

    /** All limits of the root from now on, by the names of their resources, in upper case. */
    record SetQuota(String root, Map<String, Long> limits) implements QuotaCommand {

        public SetQuota {
            limits = Map.copyOf(limits);
        }
    }
}
