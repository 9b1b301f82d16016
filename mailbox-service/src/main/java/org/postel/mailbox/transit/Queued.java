package org.postel.mailbox.transit;

import org.postel.mail.QueueId;
import org.postel.queue.v1.QueueEntry;

/** An entry of the list of what is queued. */
public record Queued(QueueId message, QueueEntry entry) {}
