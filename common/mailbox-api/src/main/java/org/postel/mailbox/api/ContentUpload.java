package org.postel.mailbox.api;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.function.Function;

/**
 * Content on its way into the store, for one thread. Writing waits while the store takes nothing. Closed before
 * {@link #finish}, nothing is kept.
 *
 * @param <R> what the store answers
 */
public final class ContentUpload<R> implements AutoCloseable {

    /** The most octets that travel in one message. */
    public static final int CHUNK = 64 << 10;

    private final Duration deadline;
    private final Writing<?, R> writing;

    private record Writing<Q, R>(Upload<Q, R> upload, Function<ByteString, Q> wrap) {
        void write(ByteString chunk) {
            upload.send(wrap.apply(chunk));
        }
    }

    <Q> ContentUpload(Upload<Q, R> upload, Q start, Function<ByteString, Q> wrap, Duration deadline) {
        this.deadline = deadline;
        this.writing = new Writing<>(upload, wrap);
        upload.send(start);
    }

    /**
     * Sends a copy of these octets.
     *
     * @throws MailboxServiceException when the store refused or broke off
     */
    public void write(byte[] octets, int offset, int length) {
        for (int at = 0; at < length; at += CHUNK) {
            writing.write(ByteString.copyFrom(octets, offset + at, Math.min(CHUNK, length - at)));
        }
    }

    /** Sends these octets. */
    public void write(ByteString octets) {
        for (int at = 0; at < octets.size(); at += CHUNK) {
            writing.write(octets.substring(at, Math.min(octets.size(), at + CHUNK)));
        }
    }

    /** Says that this was all; the answer means that it is durable. */
    public R finish() {
        return writing.upload.finish(deadline);
    }

    @Override
    public void close() {
        writing.upload.close();
    }
}
