package org.postel.delivery.backend;

import java.util.List;
import org.postel.delivery.route.Directory;
import org.postel.delivery.route.StoreUnavailableException;
import org.postel.mailbox.api.DirectoryClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.Resolutions;
import org.postel.mailbox.api.v1.Resolution;

/** The directory of mailbox-service. */
public final class ServiceDirectory implements Directory {

    private final Resolutions resolutions;

    /** Contacts nobody yet. */
    public ServiceDirectory(DirectoryClient client) {
        this.resolutions = new Resolutions(client);
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
    public void forget(List<String> addresses) {
        resolutions.forget(addresses);
    }

    private static Meaning meaning(Resolution resolution) {
        return switch (resolution.getToCase()) {
            case ACCOUNT -> new Meaning.Account(resolution.getAccount().getAccountId(), resolution.getAccount().getAddress());
            case ALIAS -> new Meaning.Alias(resolution.getAlias().getTargetsList());
            case UNKNOWN_USER -> new Meaning.Unknown();
            case NOT_OURS -> new Meaning.Elsewhere();
            // A newer directory means something we do not know: an error is retried, a guess would lose mail.
            case TO_NOT_SET -> throw new MailboxServiceException(MailboxServiceException.Reason.INTERNAL, "an answer without meaning");
        };
    }
}
