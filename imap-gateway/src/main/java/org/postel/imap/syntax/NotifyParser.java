package org.postel.imap.syntax;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** NOTIFY, RFC 5465 §8. */
final class NotifyParser {

    private static final int MOST_GROUPS = 100;
    private static final int MOST_EVENTS = 100;

    private final Cursor cursor;
    private final FilterParser filters;
    private boolean unknownEvent;

    NotifyParser(Cursor cursor) {
        this.cursor = cursor;
        this.filters = new FilterParser(cursor);
    }

    /** {@code notify = "NOTIFY" SP ("SET" [SP "STATUS"] SP event-groups / "NONE")}. */
    ImapCommand.Notify command() throws SyntaxException {
        cursor.sp();
        if (cursor.acceptWord("NONE")) {
            return new ImapCommand.Notify(false, List.of(), false);
        }
        if (!cursor.acceptWord("SET ")) {
            throw new SyntaxException("Expected SET or NONE");
        }
        boolean status = cursor.acceptWord("STATUS ");
        List<NotifyGroup> groups = new ArrayList<>();
        do {
            groups.add(group());
            if (groups.size() > MOST_GROUPS) {
                throw new SyntaxException("Too many event groups");
            }
        } while (cursor.accept(' '));
        if (groups.stream().filter(group -> group.filter() instanceof NotifyFilter.Selected).count() > 1) {
            // RFC 5465 §6.1.
            throw new SyntaxException("The selected mailbox can be named once only");
        }
        return new ImapCommand.Notify(status, List.copyOf(groups), unknownEvent);
    }

    /** {@code event-group = "(" filter-mailboxes SP events ")"}. */
    private NotifyGroup group() throws SyntaxException {
        cursor.expect('(');
        NotifyFilter filter = filters.ofNotify();
        cursor.sp();
        Set<NotifyEvent> events = EnumSet.noneOf(NotifyEvent.class);
        List<FetchItem> fetch = new ArrayList<>();
        if (!cursor.acceptWord("NONE")) {
            events(filter instanceof NotifyFilter.Selected, events, fetch);
            check(filter, events);
        }
        cursor.expect(')');
        return new NotifyGroup(filter, events, List.copyOf(fetch));
    }

    /** {@code events = "(" event *(SP event) ")" / "NONE"}; the list of MessageNew only where {@code selected}. */
    private void events(boolean selected, Set<NotifyEvent> events, List<FetchItem> fetch) throws SyntaxException {
        cursor.expect('(');
        int count = 0;
        Optional<NotifyEvent> last = Optional.empty();
        do {
            if (selected && last.equals(Optional.of(NotifyEvent.MESSAGE_NEW)) && cursor.peek() == '(') {
                fetch.addAll(new FetchParser(cursor).items());
                last = Optional.empty();
            } else {
                last = event(events);
            }
            if (++count > MOST_EVENTS) {
                throw new SyntaxException("Too many events");
            }
        } while (cursor.accept(' '));
        cursor.expect(')');
    }

    private Optional<NotifyEvent> event(Set<NotifyEvent> events) throws SyntaxException {
        Optional<NotifyEvent> event = NotifyEvent.named(cursor.keyword());
        event.ifPresent(events::add);
        unknownEvent |= event.isEmpty();
        return event;
    }

    /** RFC 5465 §5 and §6.1: which must come together, and where. */
    private static void check(NotifyFilter filter, Set<NotifyEvent> events) throws SyntaxException {
        boolean arrivals = events.contains(NotifyEvent.MESSAGE_NEW);
        if (arrivals != events.contains(NotifyEvent.MESSAGE_EXPUNGE)
                || events.contains(NotifyEvent.FLAG_CHANGE) && !arrivals) {
            throw new SyntaxException("MessageNew and MessageExpunge go together");
        }
        if (filter instanceof NotifyFilter.Selected && !events.stream().allMatch(NotifyEvent::ofMessages)) {
            throw new SyntaxException("Of the selected mailbox only messages");
        }
    }
}
