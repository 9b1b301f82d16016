package org.postel.mailbox.store;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.roaringbitmap.RoaringBitmap;

/**
 * Messages arrive, all or none: a delivery, APPEND, or the destination's half of COPY.
 *
 * @param messages without UID and MODSEQ
 * @param once     a delivery: nothing happens when the message came before. The value is the UID from which on the rows have
 *                 not been searched for it; absent for what may come twice
 */
record Arrive(List<LogRow.Arrival> messages, OptionalLong once) implements Command<Arrive.Arrived> {

    static final long LAST_UID = 0xffff_ffffL;

    /**
     * @param uids       given, in the order of the messages ascending
     * @param modseq     the highest given; 0 when nothing happened
     */
    record Arrived(int uidValidity, RoaringBitmap uids, long modseq) {}

    Arrive {
        messages = List.copyOf(messages);
    }

    @Override
    public Footprint footprint() {
        return new Footprint.None();
    }

    @Override
    public Optional<ByteString> identity() {
        return once.isPresent() ? Optional.of(messages.getFirst().message().getMessageId()) : Optional.empty();
    }

    @Override
    public boolean patient() {
        return once.isPresent();
    }

    @Override
    public int weight() {
        return messages.stream().mapToInt(LogRow::weight).sum();
    }

    @Override
    public int rows() {
        return messages.size();
    }

    @Override
    public Decision<Arrived> decide(Standing now) {
        if (once.isPresent()) {
            OptionalInt before = now.arrived().find(messages.getFirst().message().getMessageId(), once.getAsLong());
            if (before.isPresent()) {
                Arrived again = new Arrived(now.header().mailbox().getUidValidity(), RoaringBitmap.bitmapOf(before.getAsInt()), 0);
                return new Decision<>(List.of(), now.header(), again);
            }
        }
        messages.forEach(arrival -> FlagRules.check(arrival.message().getFlagsList(), now));
        if (Integer.toUnsignedLong(now.header().mailbox().getUidNext()) + messages.size() > LAST_UID) {
            throw new StoreException(Problem.LIMIT, "the mailbox has no UIDs left");
        }
        return arrive(now.header());
    }

    private Decision<Arrived> arrive(LogHeader header) {
        MailboxHeader.Builder next = header.mailbox().toBuilder();
        List<LogRow> rows = new ArrayList<>();
        RoaringBitmap uids = new RoaringBitmap();
        for (LogRow.Arrival arrival : messages) {
            MessageRow message = arrival.message().toBuilder().setUid(next.getUidNext()).setModseq(next.getModseq() + 1).build();
            rows.add(new LogRow.Arrival(message, arrival.link(), arrival.summary()));
            uids.add(message.getUid());
            count(next, message);
        }
        return new Decision<>(rows, header.with(next.build()), new Arrived(next.getUidValidity(), uids, next.getModseq()));
    }

    private static void count(MailboxHeader.Builder header, MessageRow message) {
        header.setUidNext(message.getUid() + 1)
                .setModseq(message.getModseq())
                .setMessages(header.getMessages() + 1)
                .setBytes(header.getBytes() + message.getSize());
        if (message.getFlagsList().stream().noneMatch(MailboxState.SEEN::equalsIgnoreCase)) {
            header.setUnseen(header.getUnseen() + 1);
        }
        if (message.getFlagsList().stream().anyMatch(MailboxState.DELETED::equalsIgnoreCase)) {
            header.setDeleted(header.getDeleted() + 1);
        }
    }
}
