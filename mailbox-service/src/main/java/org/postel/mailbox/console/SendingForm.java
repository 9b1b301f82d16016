package org.postel.mailbox.console;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.sending.Limits;
import org.postel.mailbox.sending.OwnLimits;

/** The form of the sending limits that are an account's, or a domain's, own; an empty field is as configured. */
final class SendingForm {

    static final List<String> NAMES = List.of("messages-per-hour", "recipients-per-hour", "messages-per-day", "recipients-per-day");

    private SendingForm() {}

    /**
     * A field as the page shows it.
     *
     * @param label      the name of its text
     * @param value      the own limit; empty: as configured
     * @param configured what holds where it is empty; 0: no limit
     */
    public record Field(String name, String label, String value, int configured) {}

    static List<Field> fields(OwnLimits own, Limits configured) {
        return List.of(field(0, "admMessagesPerHour", own.messagesPerHour(), configured.hour().messages()),
                field(1, "admRecipientsPerHour", own.recipientsPerHour(), configured.hour().recipients()),
                field(2, "admMessagesPerDay", own.messagesPerDay(), configured.day().messages()),
                field(3, "admRecipientsPerDay", own.recipientsPerDay(), configured.day().recipients()));
    }

    /** What is to stand in the field {@code seen} of a domain's form, whose only settings these are. */
    static String seen(OwnLimits own) {
        return fields(own, Limits.NONE).stream().map(Field::value).collect(Collectors.joining("/"));
    }

    /** @throws DirectoryException INVALID when something in it is no number */
    static OwnLimits made(Desk.Guest guest) throws DirectoryException {
        return new OwnLimits(limit(guest, 0), limit(guest, 1), limit(guest, 2), limit(guest, 3));
    }

    private static Field field(int place, String label, OptionalInt own, int configured) {
        return new Field(NAMES.get(place), label, own.isPresent() ? Integer.toString(own.getAsInt()) : "", configured);
    }

    private static OptionalInt limit(Desk.Guest guest, int place) throws DirectoryException {
        String written = guest.field(NAMES.get(place)).strip();
        try {
            return written.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(written));
        } catch (NumberFormatException e) {
            throw new DirectoryException(Fault.INVALID, "a sending limit is a number");
        }
    }
}
