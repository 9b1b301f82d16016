package org.postel.delivery.backend;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.postel.delivery.outcome.Failures;
import org.postel.delivery.relay.Suppressions;
import org.postel.mailbox.api.DirectoryClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.SuppressRequest;
import org.postel.mailbox.api.v1.SuppressedRequest;
import org.postel.mailbox.api.v1.Suppression;
import org.postel.queue.v1.Failure;

/** The list that mailbox-service keeps. It spares others questions: while it does not answer, mail goes out all the same. */
public final class ServiceSuppressions implements Suppressions {

    private static final Logger LOG = Logger.getLogger(ServiceSuppressions.class);
    private static final int MOST_AT_ONCE = 500;

    private final DirectoryClient client;

    /** Contacts nobody yet. */
    public ServiceSuppressions(DirectoryClient client) {
        this.client = client;
    }

    @Override
    public Map<String, Failure> of(List<String> addresses) {
        Map<String, Failure> found = new HashMap<>();
        try {
            for (int from = 0; from < addresses.size(); from += MOST_AT_ONCE) {
                List<String> some = addresses.subList(from, Math.min(from + MOST_AT_ONCE, addresses.size()));
                client.suppressed(SuppressedRequest.newBuilder().addAllAddress(some).build()).getSuppressionsList()
                        .forEach(suppression -> found.put(suppression.getAddress(), failure(suppression)));
            }
        } catch (MailboxServiceException e) {
            LOG.warnf("the list of addresses that do not exist is not asked: %s", e.getMessage());
        }
        return found;
    }

    @Override
    public void add(String address, String reply) {
        try {
            client.suppress(SuppressRequest.newBuilder().setAddress(address).setReply(reply).build());
        } catch (MailboxServiceException e) {
            LOG.warnf("an address that does not exist is not remembered: %s", e.getMessage());
        }
    }

    private static Failure failure(Suppression suppression) {
        return Failures.of("5.1.1", "It was not sent, because on " + Instant.ofEpochMilli(suppression.getSince()).atZone(ZoneOffset.UTC).toLocalDate()
                + " the recipient's mail server said that there is no such address: " + suppression.getReply()
                + " If there is one now, ask the administrator of your mail system to let mail to it go out again.");
    }
}
