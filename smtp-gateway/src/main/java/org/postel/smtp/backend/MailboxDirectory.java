package org.postel.smtp.backend;

import java.util.List;
import java.util.OptionalLong;
import org.postel.mail.Mailbox;
import org.postel.mailbox.api.DirectoryClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.Resolutions;
import org.postel.mailbox.api.v1.Resolution;
import org.postel.smtp.command.BackendUnavailableException;
import org.postel.smtp.command.Directory;

/** Asks mailbox-service which addresses are ours. */
public final class MailboxDirectory implements Directory {

    private final Resolutions resolutions;

    public MailboxDirectory(DirectoryClient client) {
        this.resolutions = new Resolutions(client, true);
    }

    @Override
    public Standing standing(Mailbox mailbox) throws BackendUnavailableException {
        try {
            return standing(resolutions.of(List.of(mailbox.canonical())).getFirst());
        } catch (MailboxServiceException e) {
            throw new BackendUnavailableException(e.getMessage(), e);
        }
    }

    private static Standing standing(Resolution resolution) throws BackendUnavailableException {
        return switch (resolution.getToCase()) {
            case ACCOUNT -> new Standing.Local(resolution.getAccount().hasRoom() ? OptionalLong.of(resolution.getAccount().getRoom()) : OptionalLong.empty());
            // Whom it leads to is looked at when it is delivered.
            case ALIAS -> new Standing.Local(OptionalLong.empty());
            case UNKNOWN_USER -> new Standing.UnknownUser();
            case NOT_OURS -> new Standing.NotOurs();
            case TO_NOT_SET -> throw new BackendUnavailableException("Resolve gave an answer of a later release", new IllegalStateException());
        };
    }
}
