package org.postel.delivery.backend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postel.delivery.route.Absence;
import org.postel.delivery.route.Directory;
import org.postel.delivery.route.Filing;
import org.postel.delivery.route.StoreUnavailableException;
import org.postel.mailbox.api.DirectoryClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.Resolutions;
import org.postel.mailbox.api.v1.ForwardRequest;
import org.postel.mailbox.api.v1.LocalAccount;
import org.postel.mailbox.api.v1.Resolution;

/** The directory of mailbox-service. */
public final class ServiceDirectory implements Directory {

    private static final int MOST_AT_ONCE = 500;

    private final DirectoryClient client;
    private final Resolutions resolutions;

    /** Contacts nobody yet. */
    public ServiceDirectory(DirectoryClient client) {
        this.client = client;
        this.resolutions = new Resolutions(client, false);
    }

    @Override
    public List<Meaning> resolve(List<String> addresses) throws StoreUnavailableException {
        try {
            return resolutions.of(addresses).stream().map(ServiceDirectory::meaning).toList();
        } catch (MailboxServiceException e) {
            throw new StoreUnavailableException(e.getMessage(), e);
        }
    }

    @Override
    public List<String> sendersOfForwards(String reversePath, List<String> forwarders) throws StoreUnavailableException {
        List<String> senders = new ArrayList<>();
        try {
            for (int from = 0; from < forwarders.size(); from += MOST_AT_ONCE) {
                List<String> some = forwarders.subList(from, Math.min(from + MOST_AT_ONCE, forwarders.size()));
                senders.addAll(client.forward(ForwardRequest.newBuilder().setReversePath(reversePath).addAllForwarder(some).build())
                        .getReversePathList());
            }
        } catch (MailboxServiceException e) {
            throw new StoreUnavailableException(e.getMessage(), e);
        }
        return senders;
    }

    @Override
    public void forget(List<String> addresses) {
        resolutions.forget(addresses);
    }

    private static Meaning account(LocalAccount account) {
        return new Meaning.Account(account.getAccountId(), account.getAddress(), account.getForwardList(),
                account.getForwardCount() == 0 || !account.getForwardOnly(),
                account.hasAbsence() ? Optional.of(absence(account.getAbsence())) : Optional.empty(), account.getFiltered(), Filing.PLAIN);
    }

    private static Absence absence(org.postel.mailbox.api.v1.Absence away) {
        return new Absence(away.getId(), away.getSubject(), away.getText(), Duration.ofSeconds(away.getPeriodSeconds()), away.getAddressesList());
    }

    private static Meaning meaning(Resolution resolution) {
        return switch (resolution.getToCase()) {
            case ACCOUNT -> account(resolution.getAccount());
            case ALIAS -> new Meaning.Alias(resolution.getAlias().getTargetsList());
            case UNKNOWN_USER -> new Meaning.Unknown();
            case NOT_OURS -> new Meaning.Elsewhere();
            // A newer directory means something we do not know: an error is retried, a guess would lose mail.
            case TO_NOT_SET -> throw new MailboxServiceException(MailboxServiceException.Reason.INTERNAL, "an answer without meaning");
        };
    }
}
