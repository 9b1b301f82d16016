package org.postel.mailbox.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postel.mail.QueueId;
import org.postel.mailbox.authority.Authority;
import org.postel.mailbox.desk.QueueView.Entry;
import org.postel.mailbox.desk.QueueView.Page;
import org.postel.mailbox.transit.Operator;
import org.postel.mailbox.transit.QueueException;
import org.postel.mailbox.transit.QueueFilter;
import org.postel.mailbox.transit.QueueSearch;
import org.postel.mailbox.transit.Queued;
import org.postel.mailbox.transit.RestingMail;
import org.postel.mailbox.transit.Transit;
import org.postel.queue.Topics;
import org.postel.queue.v1.QueueEntry;
import org.postel.queue.v1.TraceEvent;

/**
 * Mail on its way, as far as an administrator is concerned with it. Who administers some domains sees what one of their addresses sent or
 * gets, and orders what becomes of a message only where it is theirs alone: one of them sent it, or all its recipients are theirs.
 */
public final class QueuedMail {

    private static final String HELD = "held";
    private static final String DEAD = "dead";

    private final Transit transit;

    public QueuedMail(Transit transit) {
        this.transit = transit;
    }

    /** Gives orders; about a message that is {@link #own}. */
    public Operator operator() {
        return transit.operator();
    }

    /**
     * All that is known to be queued of one message, and that somebody may see.
     *
     * @throws QueueException UNKNOWN when that is nothing
     */
    public List<Entry> entries(Authority who, QueueId message) throws QueueException {
        List<Entry> seen = queued(who, message);
        if (seen.isEmpty()) {
            throw unknown(message);
        }
        return seen;
    }

    /** As {@link #entries}; empty when that is nothing. */
    public List<Entry> queued(Authority who, QueueId message) {
        return all(message).stream().filter(entry -> reaches(who, entry.sender(), entry.recipients())).toList();
    }

    /** With the recipients that somebody may know of: all when he administers the sender, else his own; others may have been blind copies. */
    public static Entry seen(Authority who, Entry entry) {
        return who.everywhere() || who.overAddress(entry.sender()) ? entry : entry.to(entry.recipients().stream().filter(who::overAddress).toList());
    }

    /** The steps of a message that somebody may see. */
    public List<TraceEvent> steps(Authority who, QueueId message) {
        return seen(who, transit.journeys().of(message));
    }

    /** Whether the queue answers; without it mail is neither taken nor moved. */
    public boolean queueAnswers() {
        return transit.queueAnswers();
    }

    /**
     * The messages of a name; several may have one Message-ID.
     *
     * @param id a Message-ID (RFC 5322 §3.6.4), with or without its angle brackets, or a queue id
     */
    public List<QueueId> named(String id) throws QueueException {
        if (id.indexOf('@') < 0 && id.indexOf('<') < 0) {
            return List.of(message(id));
        }
        return transit.journeys().named(id.startsWith("<") ? id : "<" + id + ">");
    }

    /**
     * What waits, the oldest first; the first part begins with what is held. A part may be short, or empty, and have a next one.
     *
     * @param after {@code next} of the part before
     */
    public Page list(Authority who, QueueFilter filter, Optional<String> after, int limit) throws QueueException {
        Optional<Queued> last = after.isEmpty() ? Optional.empty() : Optional.of(cursor(after.get()));
        List<Entry> entries = new ArrayList<>();
        if (last.isEmpty()) {
            transit.resting().list(Topics.HELD, Optional.empty(), limit).stream().filter(record -> takes(filter, record))
                    .forEach(record -> entries.add(Entry.of(record, HELD)));
        }
        QueueSearch.Part queued = transit.index().list(filter, last, limit);
        queued.entries().forEach(one -> entries.add(Entry.of(one.message(), one.entry())));
        List<Entry> seen = entries.stream().filter(entry -> reaches(who, entry.sender(), entry.recipients())).map(entry -> seen(who, entry)).toList();
        return new Page(seen, queued.next().map(QueuedMail::cursor).orElse(null));
    }

    /** What nothing could be done with, as {@link #list}. */
    public Page dead(Authority who, Optional<String> after, int limit) throws QueueException {
        Optional<QueueId> last = after.isEmpty() ? Optional.empty() : Optional.of(message(after.get()));
        List<RestingMail.Record> dead = transit.resting().list(Topics.DEAD, last, limit);
        return new Page(dead.stream().filter(record -> reaches(who, record.record().getSender(), record.record().getRecipientList()))
                .map(record -> seen(who, Entry.of(record, DEAD))).toList(), dead.size() < limit ? null : dead.getLast().message().toString());
    }

    /** @throws QueueException INVALID when it is none */
    public static QueueId message(String id) throws QueueException {
        try {
            return QueueId.parse(id);
        } catch (IllegalArgumentException e) {
            throw new QueueException(QueueException.Fault.INVALID, "no queue id: " + e.getMessage());
        }
    }

    private static boolean takes(QueueFilter filter, RestingMail.Record resting) {
        return resting.record().getRecipientList().stream().anyMatch(recipient -> filter.takes(resting.record().getSender(), recipient));
    }

    private static String cursor(Queued last) {
        return last.message() + ":" + last.entry().getRecipient();
    }

    private static Queued cursor(String after) throws QueueException {
        int colon = after.indexOf(':');
        return new Queued(message(colon < 0 ? after : after.substring(0, colon)),
                QueueEntry.newBuilder().setRecipient(colon < 0 ? "" : after.substring(colon + 1)).build());
    }

    /**
     * A message that somebody may give orders about.
     *
     * @throws QueueException UNKNOWN when it is not theirs, as if it were not there
     */
    public QueueId own(Authority who, QueueId message) throws QueueException {
        if (who.everywhere()) {
            return message;
        }
        if (!owns(who, message)) {
            throw unknown(message);
        }
        return message;
    }

    /** Whether somebody may give orders about a message. */
    public boolean owns(Authority who, QueueId message) {
        return who.everywhere() || owns(who, all(message));
    }

    /** Whether all of this is somebody's own. */
    public static boolean owns(Authority who, List<Entry> entries) {
        return !entries.isEmpty() && entries.stream().allMatch(entry -> who.overAddress(entry.sender())
                || !entry.recipients().isEmpty() && entry.recipients().stream().allMatch(who::overAddress));
    }

    /** Whether somebody administers the sender, or one of the recipients. */
    public static boolean reaches(Authority who, String sender, List<String> recipients) {
        return who.everywhere() || who.overAddress(sender) || recipients.stream().anyMatch(who::overAddress);
    }

    /** The steps of a message that somebody may see: all when he administers its sender, else those of his recipients, and of the whole message if there are any. */
    public static List<TraceEvent> seen(Authority who, List<TraceEvent> steps) {
        if (who.everywhere() || steps.stream().anyMatch(step -> who.overAddress(step.getSender()))) {
            return steps;
        }
        boolean any = steps.stream().anyMatch(step -> recipient(who, step));
        return steps.stream().filter(step -> any && (step.getRecipient().isEmpty() || recipient(who, step))).toList();
    }

    private static boolean recipient(Authority who, TraceEvent step) {
        return who.overAddress(step.getRecipient()) || who.overAddress(step.getOriginal());
    }

    private List<Entry> all(QueueId message) {
        List<Entry> entries = new ArrayList<>();
        transit.resting().of(Topics.HELD, message).forEach(record -> entries.add(Entry.of(record, HELD)));
        transit.resting().of(Topics.DEAD, message).forEach(record -> entries.add(Entry.of(record, DEAD)));
        transit.index().of(message).forEach(entry -> entries.add(Entry.of(message, entry)));
        return entries;
    }

    private static QueueException unknown(QueueId message) {
        return new QueueException(QueueException.Fault.UNKNOWN, "nothing of " + message + " is queued; its trace says where it went");
    }
}
