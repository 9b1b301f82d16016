package org.postel.delivery.backend;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.postel.delivery.outcome.ContentGoneException;
import org.postel.delivery.outcome.Contents;
import org.postel.delivery.outcome.MessageContent;
import org.postel.mailbox.api.DeliveryClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MessageStream;
import org.postel.mailbox.api.v1.GetContentChunk;
import org.postel.mailbox.api.v1.GetContentRequest;
import org.postel.queue.v1.QueuedMessage;

/** Content inside the record, or claimed content that is streamed from mailbox-service at the reader's pace. */
public final class StoredContents implements Contents {

    private final DeliveryClient client;

    /** Contacts nobody yet. */
    public StoredContents(DeliveryClient client) {
        this.client = client;
    }

    @Override
    public MessageContent of(QueuedMessage message) {
        return message.hasClaimedSize() ? new Claimed(message) : new Inline(message);
    }

    private record Inline(QueuedMessage message) implements MessageContent {

        @Override
        public long size() {
            return message.getInline().size();
        }

        @Override
        public InputStream open() {
            return message.getInline().newInput();
        }

        @Override
        public byte[] head(int limit) {
            return message.getInline().substring(0, Math.min(limit, message.getInline().size())).toByteArray();
        }
    }

    private final class Claimed implements MessageContent {

        private final QueuedMessage message;

        private Claimed(QueuedMessage message) {
            this.message = message;
        }

        @Override
        public long size() {
            return message.getClaimedSize();
        }

        @Override
        public InputStream open() throws IOException {
            return new ChunkStream(get(0));
        }

        @Override
        public byte[] head(int limit) throws IOException {
            try (InputStream content = new ChunkStream(get(limit))) {
                return content.readNBytes(limit);
            }
        }

        private MessageStream<GetContentChunk> get(long length) throws IOException {
            try {
                return client.getContent(GetContentRequest.newBuilder().setMessageId(message.getQueueId())
                        .setLength(Math.min(length, message.getClaimedSize())).build());
            } catch (MailboxServiceException e) {
                throw failed(e);
            }
        }
    }

    private static IOException failed(MailboxServiceException e) {
        return e.reason() == MailboxServiceException.Reason.NOT_FOUND ? new ContentGoneException(e)
                : new IOException(e.getMessage(), e);
    }

    /** Holds one chunk at a time. */
    private static final class ChunkStream extends InputStream {

        private final MessageStream<GetContentChunk> chunks;
        private InputStream chunk = new ByteArrayInputStream(new byte[0]);

        ChunkStream(MessageStream<GetContentChunk> chunks) {
            this.chunks = chunks;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                int got = chunk.read(into, offset, length);
                while (got <= 0 && length > 0 && chunks.hasNext()) {
                    chunk = chunks.next().getData().newInput();
                    got = chunk.read(into, offset, length);
                }
                return got;
            } catch (MailboxServiceException e) {
                throw failed(e);
            }
        }

        @Override
        public void close() {
            chunks.close();
        }
    }
}
