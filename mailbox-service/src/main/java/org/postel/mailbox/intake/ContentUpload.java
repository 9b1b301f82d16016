package org.postel.mailbox.intake;

import com.google.protobuf.ByteString;
import java.util.function.Function;
import org.postel.mailbox.content.ContentWriter;
import org.postel.mailbox.storage.Intake.Upload;
import org.postel.mailbox.storage.Quotas;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/** Octets that go into the content table as they come. */
final class ContentUpload<R> implements Upload<R> {

    private final ContentWriter writer;
    private final long most;
    private final Quotas.Room room;
    private final Function<ContentWriter, R> end;
    private boolean finished;

    /**
     * @param most octets that may come
     * @param room that was promised for them
     * @param end  makes it durable and answers
     */
    ContentUpload(ContentWriter writer, long most, Quotas.Room room, Function<ContentWriter, R> end) {
        this.writer = writer;
        this.most = most;
        this.room = room;
        this.end = end;
    }

    @Override
    public void write(ByteString octets) {
        if (writer.size() + octets.size() > most) {
            throw new StoreException(Problem.LIMIT, "more octets than allowed or announced");
        }
        writer.write(octets);
    }

    @Override
    public R finish() {
        R answer = end.apply(writer);
        finished = true;
        return answer;
    }

    @Override
    public void close() {
        room.close();
        if (!finished) {
            writer.abandon();
        }
    }
}
