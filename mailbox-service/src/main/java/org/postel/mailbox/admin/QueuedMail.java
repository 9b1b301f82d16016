package org.postel.mailbox.admin;

import java.util.ArrayList;
import java.util.List;
import org.postel.mail.QueueId;
import org.postel.mailbox.admin.QueueView.Entry;
import org.postel.mailbox.authority.Authority;
import org.postel.mailbox.transit.Operator;
import org.postel.mailbox.transit.QueueException;
import org.postel.mailbox.transit.Transit;
import org.postel.queue.Topics;
import org.postel.queue.v1.TraceEvent;

/**
 * Mail on its way, as far as an administrator is concerned with it. Who administers some domains sees what one of their addresses sent or
 * gets, and orders what becomes of a message only where it is theirs alone: one of them sent it, or all its recipients are theirs.
 */
final class QueuedMail {

    static final String HELD = "held";
    static final String DEAD = "dead";

    private final Transit transit;

    QueuedMail(Transit transit) {
        this.transit = transit;
    }

    Operator operator() {
        return transit.operator();
    }

    /**
     * All that is known to be queued of one message, and that somebody may see.
     *
     * @throws QueueException UNKNOWN when that is nothing
     */
    List<Entry> entries(Authority who, QueueId message) throws QueueException {
        List<Entry> seen = all(message).stream().filter(entry -> reaches(who, entry.sender(), entry.recipients())).toList();
        if (seen.isEmpty()) {
            throw unknown(message);
        }
        return seen;
    }

    /**
     * A message that somebody may give orders about.
     *
     * @throws QueueException UNKNOWN when it is not theirs, as if it were not there
     */
    QueueId own(Authority who, QueueId message) throws QueueException {
        if (who.everywhere()) {
            return message;
        }
        if (!owns(who, all(message))) {
            throw unknown(message);
        }
        return message;
    }

    static boolean owns(Authority who, List<Entry> entries) {
        return !entries.isEmpty() && entries.stream().allMatch(entry -> who.overAddress(entry.sender())
                || !entry.recipients().isEmpty() && entry.recipients().stream().allMatch(who::overAddress));
    }

    /** Whether somebody administers the sender, or one of the recipients. */
    static boolean reaches(Authority who, String sender, List<String> recipients) {
        return who.everywhere() || who.overAddress(sender) || recipients.stream().anyMatch(who::overAddress);
    }

    /** The steps of a message that somebody may see: all when he administers its sender, else those of his recipients, and of the whole message if there are any. */
    static List<TraceEvent> seen(Authority who, List<TraceEvent> steps) {
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
