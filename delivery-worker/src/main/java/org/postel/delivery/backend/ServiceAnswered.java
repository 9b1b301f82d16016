package org.postel.delivery.backend;

import com.google.protobuf.ByteString;
import org.jboss.logging.Logger;
import org.postel.delivery.route.Absence;
import org.postel.delivery.vacation.AnsweredSenders;
import org.postel.mailbox.api.DirectoryClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.AnswerRequest;
import org.postel.queue.v1.QueuedMessage;

/** What mailbox-service remembers. While it does not answer nobody is answered, and mail goes on. */
public final class ServiceAnswered implements AnsweredSenders {

    private static final Logger LOG = Logger.getLogger(ServiceAnswered.class);

    private final DirectoryClient client;

    /** Contacts nobody yet. */
    public ServiceAnswered(DirectoryClient client) {
        this.client = client;
    }

    @Override
    public boolean first(ByteString account, Absence absence, QueuedMessage message) {
        try {
            return client.answerOnce(AnswerRequest.newBuilder().setAccountId(account).setAbsenceId(absence.id()).setSender(message.getReversePath())
                    .setQueueId(message.getQueueId()).setPeriodSeconds((int) absence.period().toSeconds()).build()).getFirst();
        } catch (MailboxServiceException e) {
            LOG.warnf("no answer for who is away: %s", e.getMessage());
            return false;
        }
    }
}
