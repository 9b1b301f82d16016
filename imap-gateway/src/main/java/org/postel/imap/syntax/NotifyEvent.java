package org.postel.imap.syntax;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a client can ask to be told of: RFC 5465 §5, those that are known here. */
public enum NotifyEvent {
    MESSAGE_NEW("MessageNew"),
    MESSAGE_EXPUNGE("MessageExpunge"),
    FLAG_CHANGE("FlagChange"),
    MAILBOX_NAME("MailboxName"),
    SUBSCRIPTION_CHANGE("SubscriptionChange"),
    MAILBOX_METADATA_CHANGE("MailboxMetadataChange"),
    SERVER_METADATA_CHANGE("ServerMetadataChange");

    private final String wire;

    NotifyEvent(String wire) {
        this.wire = wire;
    }

    /** {@code message-event} of RFC 5465 §8: about what is in a mailbox. */
    public boolean ofMessages() {
        return this == MESSAGE_NEW || this == MESSAGE_EXPUNGE || this == FLAG_CHANGE;
    }

    static Optional<NotifyEvent> named(String name) {
        return Arrays.stream(values()).filter(event -> event.wire.equalsIgnoreCase(name)).findFirst();
    }

    /** The names of all, parted by spaces, for {@code BADEVENT}. */
    public static String names() {
        return Arrays.stream(values()).map(event -> event.wire).collect(Collectors.joining(" "));
    }
}
