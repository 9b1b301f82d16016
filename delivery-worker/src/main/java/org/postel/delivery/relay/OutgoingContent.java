package org.postel.delivery.relay;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.postel.delivery.outcome.MessageContent;
import org.postel.queue.v1.QueuedMessage;

/**
 * A message as other domains get it: with the fields that were put before it when it was routed.
 *
 * @param fields  ASCII, each ended by CRLF
 * @param content the rest
 */
record OutgoingContent(byte[] fields, MessageContent content) implements MessageContent {

    static MessageContent of(QueuedMessage message, MessageContent content) {
        String fields = message.getOutgoingFields();
        return fields.isEmpty() ? content : new OutgoingContent(fields.getBytes(StandardCharsets.US_ASCII), content);
    }

    @Override
    public long size() {
        return fields.length + content.size();
    }

    @Override
    public InputStream open() throws IOException {
        return new SequenceInputStream(new ByteArrayInputStream(fields), content.open());
    }

    @Override
    public byte[] head(int limit) throws IOException {
        try (InputStream octets = open()) {
            return octets.readNBytes(limit);
        }
    }
}
