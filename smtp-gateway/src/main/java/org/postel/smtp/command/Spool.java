package org.postel.smtp.command;

import java.util.Optional;
import org.postel.mail.QueueId;
import org.postel.smtp.syntax.ContentSink;

/**
 * Holds content while it arrives: up to the inline limit in memory, then streamed on to the content store; earlier when all
 * messages together leave no room, so that none waits for another. After a failure it takes everything and keeps nothing, so
 * that the content is read to its end.
 */
final class Spool implements ContentSink, AutoCloseable {

    private final QueueId id;
    private final ContentStore store;
    private final ContentLimits limits;
    private final Segments memory;
    private Optional<ContentStore.Upload> upload = Optional.empty();
    private Optional<BackendUnavailableException> failure = Optional.empty();
    private long size;

    Spool(QueueId id, ContentStore store, ContentLimits limits, Segments memory) {
        this.id = id;
        this.store = store;
        this.limits = limits;
        this.memory = memory;
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
        int kept = upload.isEmpty() && size <= limits.inline() ? memory.add(octets, offset, length) : 0;
        if (kept == length) {
            return;
        }
        if (upload.isEmpty()) {
            upload = Optional.of(store.open(id));
            memory.drainTo(upload.get());
        }
        upload.get().write(octets, offset + kept, length - kept);
    }

    boolean tooLarge() {
        return size > limits.message();
    }

    /** Why content is not kept any more. */
    Optional<BackendUnavailableException> failure() {
        return failure;
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
        memory.clear();
    }
}
