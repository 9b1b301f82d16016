package org.postel.imap.command;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postel.imap.syntax.FetchItem;
import org.postel.imap.syntax.NotifyEvent;
import org.postel.imap.syntax.NotifyFilter;
import org.postel.imap.syntax.NotifyGroup;
import org.postel.mailbox.api.v1.Mailbox;

/** What a client wants to be told of: RFC 5465 §6. Where several groups name a mailbox all of them count. */
record Watch(List<NotifyGroup> groups) {

    /** NOTIFY NONE: nothing at all. */
    static final Watch NOTHING = new Watch(List.of());

    private Optional<NotifyGroup> selectedGroup() {
        return groups.stream().filter(group -> group.filter() instanceof NotifyFilter.Selected).findFirst();
    }

    /** Of the selected mailbox; none when it is not named (RFC 5465 §3.1). */
    Set<NotifyEvent> selected() {
        return selectedGroup().map(NotifyGroup::events).orElse(Set.of());
    }

    /** Whether EXPUNGE may be told while no command runs. */
    boolean expungesAtOnce() {
        return selectedGroup().filter(group -> !((NotifyFilter.Selected) group.filter()).delayed()).isPresent();
    }

    /** What is told of new messages in the selected mailbox. */
    List<FetchItem> fetch() {
        return selectedGroup().map(NotifyGroup::fetch).orElse(List.of());
    }

    /** Of messages in a mailbox that is not selected. */
    Set<NotifyEvent> messagesOf(Mailbox mailbox) {
        Set<NotifyEvent> events = EnumSet.noneOf(NotifyEvent.class);
        if (mailbox.getSelectable()) {
            groups.stream().filter(group -> group.filter().names(mailbox.getName(), mailbox.getSubscribed()))
                    .forEach(group -> events.addAll(group.events()));
        }
        events.removeIf(event -> !event.ofMessages());
        return events;
    }

    /** Whether an event that is not about messages is to be told of a name. */
    boolean wants(NotifyEvent event, String name, boolean subscribed) {
        return groups.stream().anyMatch(group -> group.events().contains(event) && group.filter().names(name, subscribed));
    }

    /** Whether an event that is about no mailbox is to be told. */
    boolean wantsAnywhere(NotifyEvent event) {
        return groups.stream().anyMatch(group -> group.events().contains(event));
    }

    /** Whether anything but the selected mailbox is watched. */
    boolean elsewhere() {
        return groups.stream().anyMatch(group -> !(group.filter() instanceof NotifyFilter.Selected) && !group.events().isEmpty());
    }
}
