package org.postel.pop3.backend;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import org.postel.mailbox.api.MailboxesClient;
import org.postel.mailbox.api.MessageStream;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.OpenRequest;
import org.postel.mailbox.api.v1.SnapshotChunk;
import org.postel.pop3.session.Maildrop;

/** Reads what is in a mailbox: UIDs and sizes, nothing else is kept. */
final class MaildropReader {

    private int[] uids = new int[0];
    private long[] sizes = new long[0];
    private int count;
    private long uidValidity;

    private MaildropReader() {}

    /** @throws IllegalArgumentException when the answer makes no sense */
    static Maildrop read(MailboxesClient mailboxes, ByteString mailboxId) {
        MaildropReader reader = new MaildropReader();
        OpenRequest request = OpenRequest.newBuilder().setMailboxId(mailboxId).setSizes(true).build();
        try (MessageStream<SnapshotChunk> chunks = mailboxes.open(request)) {
            chunks.forEachRemaining(reader::add);
        }
        return new Maildrop(reader.uidValidity, Arrays.copyOf(reader.uids, reader.count), Arrays.copyOf(reader.sizes, reader.count));
    }

    private void add(SnapshotChunk chunk) {
        if (chunk.hasHeader()) {
            uidValidity = Integer.toUnsignedLong(chunk.getHeader().getUidValidity());
        }
        int[] more = UidSet.parse(chunk.getUids()).toArray();
        if (more.length != chunk.getSizeCount()) {
            throw new IllegalArgumentException(more.length + " messages, " + chunk.getSizeCount() + " sizes");
        }
        uids = Arrays.copyOf(uids, count + more.length);
        sizes = Arrays.copyOf(sizes, count + more.length);
        for (int i = 0; i < more.length; i++) {
            uids[count + i] = more[i];
            sizes[count + i] = chunk.getSize(i);
        }
        count += more.length;
    }
}
