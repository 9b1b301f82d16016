package org.postel.smtp.command;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.postel.mail.QueueId;

/** Keeps what was finished. */
public final class FakeContentStore implements ContentStore {

    private final Map<QueueId, byte[]> finished = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private volatile int failAfter = Integer.MAX_VALUE;

    /** Fails once more than this many octets were written. */
    public void failAfter(int octets) {
        failAfter = octets;
    }

    public Map<QueueId, byte[]> finished() {
        return finished;
    }

    /** Uploads neither finished nor closed. */
    public int open() {
        return open.get();
    }

    @Override
    public Upload open(QueueId id) {
        open.incrementAndGet();
        ByteArrayOutputStream held = new ByteArrayOutputStream();
        return new Upload() {
            private boolean over;

            @Override
            public void write(byte[] octets, int offset, int length) throws BackendUnavailableException {
                held.write(octets, offset, length);
                if (held.size() > failAfter) {
                    throw new BackendUnavailableException("full", new IllegalStateException());
                }
            }

            @Override
            public void finish() {
                finished.put(id, held.toByteArray());
                close();
            }

            @Override
            public void close() {
                if (!over) {
                    over = true;
                    open.decrementAndGet();
                }
            }
        };
    }
}
