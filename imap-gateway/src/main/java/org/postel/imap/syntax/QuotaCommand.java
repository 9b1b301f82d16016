package org.postel.imap.syntax;

import java.util.Locale;

/** The commands of RFC 9208 §4.1. */
public sealed interface QuotaCommand {

    default String verb() {
        return getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    record GetQuota(String root) implements QuotaCommand {
    }

    record GetQuotaRoot(MailboxName mailbox) implements QuotaCommand {
    }

    /** The limits themselves are of no interest: clients may not set them. */
    record SetQuota(String root) implements QuotaCommand {
    }
}
