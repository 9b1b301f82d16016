package org.postel.imap.syntax;

import java.util.List;
import java.util.Set;

/**
 * {@code event-group} of RFC 5465 §8.
 *
 * @param events none for {@code NONE}
 * @param fetch  what is told of new messages in the selected mailbox; none: only that they came
 */
public record NotifyGroup(NotifyFilter filter, Set<NotifyEvent> events, List<FetchItem> fetch) {
}
