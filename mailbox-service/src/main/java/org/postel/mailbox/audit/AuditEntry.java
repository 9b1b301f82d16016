package org.postel.mailbox.audit;

import java.time.Instant;
import java.util.UUID;

/**
 * An act as it was written down.
 *
 * @param id      orders the entries of a day
 * @param at      when it was begun
 * @param outcome {@value AuditLog#BEGUN} while it is under way, or when nobody could write how it ended
 */
public record AuditEntry(UUID id, Instant at, Act act, String outcome) {}
