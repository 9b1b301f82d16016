package org.postel.smtp.backend;

import java.time.Duration;
import java.util.List;
import org.postel.mailbox.api.GreylistClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.MeetRequest;
import org.postel.smtp.command.BackendUnavailableException;
import org.postel.smtp.command.Greylist;

/** Asks mailbox-service who has come again. */
public final class MailboxGreylist implements Greylist {

    private final GreylistClient client;
    private final MeetRequest terms;
    private final Duration deadline;

    /**
     * @param delay         how long a sender must wait
     * @param window        in which time it must have come again
     * @param memory        how long it is remembered that it did
     * @param networksAfter with so many triplets that passed a network is asked no more; 0: never
     * @param deadline      of the question
     */
    public MailboxGreylist(GreylistClient client, Duration delay, Duration window, Duration memory, int networksAfter, Duration deadline) {
        this.client = client;
        this.terms = MeetRequest.newBuilder().setDelay(Math.toIntExact(delay.toSeconds())).setWindow(Math.toIntExact(window.toSeconds()))
            .setMemory(Math.toIntExact(memory.toSeconds())).setNetworksAfter(networksAfter).build();
        this.deadline = deadline;
    }

    @Override
    public Duration meet(String network, String from, List<String> recipients) throws BackendUnavailableException {
        try {
            return Duration.ofSeconds(Integer.toUnsignedLong(client.meet(terms.toBuilder().setNetwork(network).setReversePath(from).addAllRecipient(recipients).build(),
                deadline).getWait()));
        } catch (MailboxServiceException e) {
            throw new BackendUnavailableException(e.getMessage(), e);
        }
    }
}
