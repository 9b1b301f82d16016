package org.postel.mailbox.api;

import com.google.protobuf.ByteString;
import java.time.Duration;
import org.postel.mailbox.api.v1.AppendAllResponse;
import org.postel.mailbox.api.v1.AppendRequest;
import org.postel.mailbox.api.v1.AppendStart;

/**
 * Messages on their way into a mailbox, one after the other, for one thread. Writing waits while the store takes nothing.
 * Closed before {@link #finish}, none is kept.
 */
public final class MessagesUpload implements AutoCloseable {

    private final Upload<AppendRequest, AppendAllResponse> upload;
    private final Duration deadline;

    MessagesUpload(Upload<AppendRequest, AppendAllResponse> upload, Duration deadline) {
        this.upload = upload;
        this.deadline = deadline;
    }

    /** The next message begins; the one before is whole. */
    public void begin(AppendStart start) {
        upload.send(AppendRequest.newBuilder().setStart(start).build());
    }

    /**
     * Sends a copy of these octets of the message that began last.
     *
     * @throws MailboxServiceException when the store refused or broke off
     */
    public void write(byte[] octets, int offset, int length) {
        for (int at = 0; at < length; at += ContentUpload.CHUNK) {
            upload.send(AppendRequest.newBuilder()
                    .setData(ByteString.copyFrom(octets, offset + at, Math.min(ContentUpload.CHUNK, length - at))).build());
        }
    }

    /** Says that these were all; the answer means that they are durable. */
    public AppendAllResponse finish() {
        return upload.finish(deadline);
    }

    @Override
    public void close() {
        upload.close();
    }
}
