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
    private final int inlineLimit;
    private final Segments memory;
    private Optional<ContentStore.Upload> upload = Optional.empty();
    private Optional<BackendUnavailableException> failure = Optional.empty();
    private boolean givenUp;
    private long size;

    /** @param inlineLimit most octets that stay in memory */
    Spool(QueueId id, ContentStore store, int inlineLimit, Segments memory) {
        this.id = id;
        this.store = store;
        this.inlineLimit = inlineLimit;
        this.memory = memory;
    }

    @Override
    public void accept(byte[] octets, int offset, int length) {
        size += length;
        if (!givenUp) {
            try {
                keep(octets, offset, length);
            } catch (BackendUnavailableException e) {
                failure = Optional.of(e);
                giveUp();
            }
        }
    }

    private void keep(byte[] octets, int offset, int length) throws BackendUnavailableException {
        int kept = upload.isEmpty() && size <= inlineLimit ? memory.add(octets, offset, length) : 0;
        if (kept == length) {
            return;
        }
        if (upload.isEmpty()) {
            upload = Optional.of(store.open(id));
            memory.drainTo(upload.get());
        }
        upload.get().write(octets, offset + kept, length - kept);
    }

    /** Lets go of what came and keeps nothing of what comes. */
    void giveUp() {
        givenUp = true;
        close();
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
