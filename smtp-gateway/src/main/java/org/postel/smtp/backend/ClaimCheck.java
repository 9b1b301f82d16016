package org.postel.smtp.backend;

import com.google.protobuf.ByteString;
import org.postel.mail.QueueId;
import org.postel.mailbox.api.ContentUpload;
import org.postel.mailbox.api.DeliveryClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.PutContentResponse;
import org.postel.smtp.command.BackendUnavailableException;
import org.postel.smtp.command.ContentStore;

/** Streams large content to mailbox-service while it arrives. */
public final class ClaimCheck implements ContentStore {

    private final DeliveryClient client;

    public ClaimCheck(DeliveryClient client) {
        this.client = client;
    }

    @Override
    public Upload open(QueueId id) throws BackendUnavailableException {
        try {
            return new ClaimUpload(client.putContent(ByteString.copyFrom(id.toBytes())));
        } catch (MailboxServiceException e) {
            throw new BackendUnavailableException(e.getMessage(), e);
        }
    }

    private static final class ClaimUpload implements Upload {

        private final ContentUpload<PutContentResponse> upload;
        private long sent;

        ClaimUpload(ContentUpload<PutContentResponse> upload) {
            this.upload = upload;
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws BackendUnavailableException {
            try {
                upload.write(octets, offset, length);
                sent += length;
            } catch (MailboxServiceException e) {
                throw new BackendUnavailableException(e.getMessage(), e);
            }
        }

        @Override
        public void finish() throws BackendUnavailableException {
            try {
                long stored = upload.finish().getSize();
                if (stored != sent) {
                    throw new BackendUnavailableException("the store has " + stored + " of " + sent + " octets", new IllegalStateException());
                }
            } catch (MailboxServiceException e) {
                throw new BackendUnavailableException(e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            upload.close();
        }
    }
}
