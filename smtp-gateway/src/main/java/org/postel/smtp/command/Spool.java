package org.postel.smtp.command;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.postel.mail.QueueId;
import org.postel.smtp.syntax.ContentSink;

/**
 * Holds content while it arrives: up to the inline limit in memory, then streamed on to the content store. After a failure
 * it takes everything and keeps nothing, so that the content is read to its end.
 */
final class Spool implements ContentSink, AutoCloseable {

    private final QueueId id;
    private final ContentStore store;
    private final int inlineLimit;
    private final long maxSize;
    private ByteArrayOutputStream memory = new ByteArrayOutputStream(4096);
    private Optional<ContentStore.Upload> upload = Optional.empty();
    private Optional<BackendUnavailableException> failure = Optional.empty();
    private long size;

    /**
     * @param inlineLimit most octets in memory
     * @param maxSize     most octets in all
     */
    Spool(QueueId id, ContentStore store, int inlineLimit, long maxSize) {
        this.id = id;
        this.store = store;
        this.inlineLimit = inlineLimit;
        this.maxSize = maxSize;
    }

    @Override
    public void accept(byte[] octets, int offset, int length) {
        size += length;
        if (tooLarge()) {
            close();
        } else if (failure.isEmpty()) {
            try {
                keep(octets, offset, length);
            } catch (BackendUnavailableException e) {
                failure = Optional.of(e);
                close();
            }
        }
    }

    private void keep(byte[] octets, int offset, int length) throws BackendUnavailableException {
        if (upload.isEmpty() && memory.size() + length <= inlineLimit) {
            memory.write(octets, offset, length);
            return;
        }
        if (upload.isEmpty()) {
            upload = Optional.of(store.open(id));
            byte[] held = memory.toByteArray();
            memory = new ByteArrayOutputStream(0);
            upload.get().write(held, 0, held.length);
        }
        upload.get().write(octets, offset, length);
    }

    boolean tooLarge() {
        return size > maxSize;
    }

    /** All of it, durable where it is not in memory. */
    Content finish() throws BackendUnavailableException {
        if (failure.isPresent()) {
            throw failure.get();
        }
        if (upload.isEmpty()) {
            return new Content.Inline(memory.toByteArray());
        }
        upload.get().finish();
        upload = Optional.empty();
        return new Content.Claimed(size);
    }

    /** Gives up what is held. */
    @Override
    public void close() {
        upload.ifPresent(ContentStore.Upload::close);
        upload = Optional.empty();
        memory = new ByteArrayOutputStream(0);
    }
}
