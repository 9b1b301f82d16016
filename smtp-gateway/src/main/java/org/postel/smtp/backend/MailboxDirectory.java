package org.postel.smtp.backend;

import org.postel.mail.Mailbox;
import org.postel.mailbox.api.DirectoryClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.Resolution;
import org.postel.mailbox.api.v1.ResolveRequest;
import org.postel.smtp.command.BackendUnavailableException;
import org.postel.smtp.command.Directory;

/** Asks mailbox-service which addresses are ours. */
public final class MailboxDirectory implements Directory {

    private final DirectoryClient client;

    public MailboxDirectory(DirectoryClient client) {
        this.client = client;
    }

    @Override
    public Standing standing(Mailbox mailbox) throws BackendUnavailableException {
        try {
            var response = client.resolve(ResolveRequest.newBuilder().addAddress(mailbox.canonical()).build());
            if (response.getResolutionsCount() != 1) {
                throw new BackendUnavailableException("Resolve answered " + response.getResolutionsCount() + " for one address",
                    new IllegalStateException());
            }
            return standing(response.getResolutions(0));
        } catch (MailboxServiceException e) {
            throw new BackendUnavailableException(e.getMessage(), e);
        }
    }

    private static Standing standing(Resolution resolution) throws BackendUnavailableException {
        return switch (resolution.getToCase()) {
            case ACCOUNT, ALIAS -> Standing.LOCAL;
            case UNKNOWN_USER -> Standing.UNKNOWN_USER;
            case NOT_OURS -> Standing.NOT_OURS;
            case TO_NOT_SET -> throw new BackendUnavailableException("Resolve gave an answer of a later release", new IllegalStateException());
        };
    }
}
