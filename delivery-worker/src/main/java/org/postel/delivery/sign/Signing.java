package org.postel.delivery.sign;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.delivery.outcome.Contents;
import org.postel.delivery.route.OutgoingFields;
import org.postel.queue.v1.QueuedMessage;
import org.postel.trust.dkim.DkimKey;
import org.postel.trust.dkim.DkimSigner;
import org.postel.trust.dkim.DkimSigning;
import org.postel.trust.dmarc.Author;
import org.postel.trust.message.Field;

/** Signs what is ours for the domain of its author: what somebody who logged in sent, and our own notifications. */
public final class Signing implements OutgoingFields {

    private static final Logger LOG = Logger.getLogger(Signing.class);

    private final Contents contents;
    private final SigningKeys keys;
    private final Clock clock;

    public Signing(Contents contents, SigningKeys keys, Clock clock) {
        this.contents = contents;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public String of(QueuedMessage message) throws IOException {
        if (!isOurs(message)) {
            return "";
        }
        try (InputStream content = contents.of(message).open()) {
            SplitContent split = new SplitContent(content);
            Optional<List<Field>> header = split.header();
            if (header.isEmpty()) {
                LOG.warn("the header is too long to be signed");
                return "";
            }
            List<DkimKey> signers = signers(message, header.get());
            if (signers.isEmpty()) {
                return "";
            }
            DkimSigning signing = new DkimSigner(signers, keys, clock).open(header.get());
            split.body(signing::body);
            return signing.fields();
        }
    }

    /** Who logged in sends under its own addresses only. What came from no client we wrote ourselves. */
    static boolean isOurs(QueuedMessage message) {
        return message.hasOrigin() ? !message.getOrigin().getAuthenticatedAs().isEmpty() : message.getReversePath().isEmpty();
    }

    // RFC 9989 §4.4.1: a signature counts for the author's domain. Without one author the sender's is as good as any.
    private List<DkimKey> signers(QueuedMessage message, List<Field> header) throws IOException {
        String sender = message.getReversePath();
        String domain = Author.domain(header).orElse(sender.substring(sender.lastIndexOf('@') + 1));
        return domain.isEmpty() ? List.of() : keys.of(domain);
    }
}
