package org.postel.mailbox.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.roaringbitmap.RoaringBitmap;

/** A message goes as another one comes, in one commit: REPLACE within a mailbox, RFC 8508. */
record Replace(Arrive arrival, int uid) implements Command<Replace.Done> {

    record Done(Arrive.Arrived arrived, long expungeModseq) {}

    @Override
    public Footprint footprint() {
        return new Footprint.Some(RoaringBitmap.bitmapOf(uid));
    }

    @Override
    public int weight() {
        return arrival.weight() + expunge().weight();
    }

    @Override
    public int rows() {
        return arrival.rows() + 1;
    }

    private Expunge expunge() {
        return new Expunge(Optional.of(RoaringBitmap.bitmapOf(uid)), new Expunge.Which.Named(OptionalLong.empty()));
    }

    @Override
    public Decision<Done> decide(Standing now) {
        Decision<Arrive.Arrived> coming = arrival.decide(now);
        Decision<Expunge.Gone> going = expunge().decide(now.after(coming.header()));
        if (going.rows().isEmpty()) {
            throw new StoreException(Problem.PRECONDITION, "the message to be replaced is not there");
        }
        List<LogRow> rows = new ArrayList<>(coming.rows());
        rows.addAll(going.rows());
        return new Decision<>(rows, going.header(), new Done(coming.answer(), going.answer().modseq()));
    }
}
