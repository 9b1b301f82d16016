package org.postel.imap.fake;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.postel.imap.command.Mail;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.ContentChunk;
import org.postel.mailbox.api.v1.ContentRequest;
import org.postel.mailbox.api.v1.MessagePiece;
import org.postel.mailbox.api.v1.MessagesChunk;
import org.postel.mailbox.api.v1.MessagesRequest;
import org.postel.mailbox.api.v1.SortChunk;
import org.postel.mailbox.api.v1.SortRequest;
import org.postel.mailbox.api.v1.SummariesChunk;
import org.postel.mailbox.api.v1.SummariesRequest;
import org.postel.mailbox.api.v1.SummaryRow;
import org.postel.mailbox.api.v1.ThreadChunk;
import org.postel.mailbox.api.v1.ThreadRequest;
import org.roaringbitmap.RoaringBitmap;

/** What is read of the messages of a mailbox. */
record FakeReader(FakeMailbox mailbox) {

    private static final int PIECE = 1000;

    Mail.Stream<SummariesChunk> summaries(SummariesRequest request) {
        List<SummariesChunk> chunks = new ArrayList<>();
        UidSet.parse(request.getUids()).forEach((int uid) -> {
            if (mailbox.has(uid)) {
                SummaryRow.Builder row = mailbox.previewed(uid, request.getPreview(), request.getPreviewMade()).toBuilder();
                if (request.getFieldCount() > 0) {
                    row.setFields(FakeSummaries.fields(mailbox.content(uid), request.getFieldList()));
                }
                chunks.add(SummariesChunk.newBuilder().addRows(row).build());
            }
        });
        return new FakeStream<>(chunks.iterator());
    }

    Mail.Stream<MessagesChunk> messages(MessagesRequest request) {
        List<MessagesChunk> chunks = new ArrayList<>();
        UidSet.parse(request.getUids()).forEach((int uid) -> {
            if (mailbox.has(uid)) {
                chunks.add(MessagesChunk.newBuilder().addPieces(MessagePiece.newBuilder().setRow(mailbox.previewed(uid, request.getPreview(), request.getPreviewMade()))).build());
                pieces(mailbox.content(uid), 0, mailbox.content(uid).length).forEach(piece ->
                        chunks.add(MessagesChunk.newBuilder().addPieces(MessagePiece.newBuilder().setData(piece)).build()));
            }
        });
        return new FakeStream<>(chunks.iterator());
    }

    Mail.Stream<ContentChunk> content(ContentRequest request) {
        byte[] all = mailbox.content(request.getUid());
        int from = (int) Math.min(all.length, request.getOffset());
        int to = request.getLength() == 0 ? all.length : (int) Math.min(all.length, from + request.getLength());
        return new FakeStream<>(pieces(all, from, to).stream().map(piece -> ContentChunk.newBuilder().setData(piece).build()).iterator());
    }

    private static List<ByteString> pieces(byte[] all, int from, int to) {
        List<ByteString> pieces = new ArrayList<>();
        for (int at = from; at < to; at += PIECE) {
            pieces.add(ByteString.copyFrom(Arrays.copyOfRange(all, at, Math.min(to, at + PIECE))));
        }
        return pieces;
    }

    /** By subject, whatever is asked for but the direction. */
    Mail.Stream<SortChunk> sort(SortRequest request) {
        List<Integer> uids = new ArrayList<>(UidSet.parse(request.getUids()).stream().boxed().toList());
        uids.sort(Comparator.comparing(uid -> mailbox.summaryOf(uid).getEnvelope().getSubject().toStringUtf8()));
        List<Integer> sorted = request.getBy(0).getReverse() ? uids.reversed() : uids;
        return new FakeStream<>(sorted.stream().map(uid -> SortChunk.newBuilder().addUid(uid).build()).iterator());
    }

    /** One thread: all below the first. */
    static Mail.Stream<ThreadChunk> thread(ThreadRequest request) {
        ThreadChunk.Builder chunk = ThreadChunk.newBuilder();
        RoaringBitmap uids = UidSet.parse(request.getUids());
        uids.forEach((int uid) -> chunk.addUid(uid).addChildren(uid == uids.first() ? uids.getCardinality() - 1 : 0));
        return new FakeStream<>(List.of(ThreadChunk.getDefaultInstance(), chunk.build()).iterator());
    }
}
