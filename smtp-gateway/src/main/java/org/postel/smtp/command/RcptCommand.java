package org.postel.smtp.command;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jboss.logging.Logger;
import org.postel.mail.AddressLiteral;
import org.postel.mail.ForwardPath;
import org.postel.mail.Mailbox;
import org.postel.mail.ReversePath;
import org.postel.smtp.command.Directory.Standing;
import org.postel.smtp.session.AcceptedRecipient;
import org.postel.smtp.session.Login;
import org.postel.smtp.session.Replies;
import org.postel.smtp.session.Step;
import org.postel.smtp.session.Step.Answer;
import org.postel.smtp.session.Step.AskRecipient;
import org.postel.smtp.syntax.Reply;

/**
 * Takes a recipient, if it is one of ours or the client may send elsewhere: RFC 5321 §4.1.1.3. An unknown user is refused
 * here and not bounced later (RFC 5321 §6.2; SAFETY row 24).
 */
public final class RcptCommand {

    private static final Logger LOG = Logger.getLogger(RcptCommand.class);
    static final Reply UNKNOWN_USER = Reply.of(550, "5.1.1", "No such user here");
    // The sender of mail that we forwarded: what is no notice about that mail has no business there.
    static final Reply NOTICES_ONLY = Reply.of(550, "5.7.1", "This address takes notices about forwarded mail only");
    // RFC 3463 §3.3: its owner may make room, so it is not for good.
    static final Reply MAILBOX_FULL = Reply.of(452, "4.2.2", "This mailbox has no room for the message now");
    static final Reply DIRECTORY_DOWN = Reply.of(451, "4.4.3", "Cannot look up the recipient now; try again later");

    /** Octets that are added to a message; who says no SIZE (RFC 1870 §6) brings something, too. */
    private static final long OUR_FIELDS = 4 << 10;

    private final Directory directory;
    private final RelayRules rules;
    private final Mailbox hostPostmaster;
    private final Optional<Mailbox> postmaster;
    private final Strangers strangers;
    private final ClientRules clients;

    /** Takes recipients from any client. */
    public RcptCommand(Directory directory, RelayRules rules, Mailbox hostPostmaster, Optional<Mailbox> postmaster) {
        this(directory, rules, hostPostmaster, postmaster, new Strangers(List.of(), false), ClientRules.ANYBODY);
    }

    /**
     * @param hostPostmaster what {@code <Postmaster>} without a domain means
     * @param postmaster     takes the mail for postmasters that no account or alias is for
     * @param clients        says which strangers may bring mail
     */
    public RcptCommand(Directory directory, RelayRules rules, Mailbox hostPostmaster, Optional<Mailbox> postmaster, Strangers strangers,
                       ClientRules clients) {
        this.directory = directory;
        this.rules = rules;
        this.hostPostmaster = hostPostmaster;
        this.postmaster = postmaster;
        this.strangers = strangers;
        this.clients = clients;
    }

    /** Refuses clients that may bring no mail, before anything is asked for them; a refusal leaves the transaction as it was. */
    public Step decide(AskRecipient asked, Peer peer) {
        // RFC 5321 §4.5.1: whoever is shut out by mistake can still write to the postmaster.
        boolean free = asked.rcpt().to() instanceof ForwardPath.Postmaster
            || asked.rcpt().to() instanceof ForwardPath.Recipient(Mailbox mailbox) && mailbox.postmaster();
        Optional<Reply> refusal = free || !strangers.include(asked.state(), peer) ? Optional.empty() : clients.refusal(peer);
        return refusal.map(reply -> (Step) new Answer(asked.state(), reply)).orElseGet(() -> decide(asked));
    }

    /** A refusal leaves the transaction as it was. */
    public Step decide(AskRecipient asked) {
        try {
            return switch (asked.rcpt().to()) {
                case ForwardPath.Postmaster bare -> postmaster(asked, hostPostmaster, "Postmaster");
                case ForwardPath.Recipient(Mailbox mailbox) -> recipient(asked, mailbox);
            };
        } catch (BackendUnavailableException e) {
            LOG.infof("recipient deferred: %s", e.getMessage());
            return new Answer(asked.state(), DIRECTORY_DOWN);
        }
    }

    private Step recipient(AskRecipient asked, Mailbox mailbox) throws BackendUnavailableException {
        return switch (standing(mailbox)) {
            case Standing.Local(OptionalLong room) -> local(asked, mailbox, room);
            case Standing.UnknownUser() -> mailbox.postmaster() ? substitute(asked, mailbox.toString()) : new Answer(asked.state(), UNKNOWN_USER);
            case Standing.NotOurs() -> elsewhere(asked, mailbox);
        };
    }

    private static Step local(AskRecipient asked, Mailbox mailbox, OptionalLong room) {
        if (mailbox.localPart().rewritten() && !(asked.state().mail().from() instanceof ReversePath.Null)) {
            return new Answer(asked.state(), NOTICES_ONLY);
        }
        // A server keeps what we do not take. A mail program would send it to nobody: what it brings is taken, and tried again by us.
        boolean kept = asked.state().login() instanceof Login.Anonymous && !mailbox.postmaster();
        return kept && room.isPresent() && room.getAsLong() < asked.state().mail().size().orElse(0) + OUR_FIELDS
            ? new Answer(asked.state(), MAILBOX_FULL) : accepted(asked, mailbox, mailbox.toString());
    }

    // RFC 5321 §4.5.1: a server that takes mail takes it for its postmaster.
    private Step postmaster(AskRecipient asked, Mailbox mailbox, String original) throws BackendUnavailableException {
        return standing(mailbox) instanceof Standing.Local ? accepted(asked, mailbox, original) : substitute(asked, original);
    }

    private Step substitute(AskRecipient asked, String original) throws BackendUnavailableException {
        if (postmaster.isPresent() && !(standing(postmaster.get()) instanceof Standing.UnknownUser)) {
            return accepted(asked, postmaster.get(), original);
        }
        return new Answer(asked.state(), UNKNOWN_USER);
    }

    private Step elsewhere(AskRecipient asked, Mailbox mailbox) {
        Login login = asked.state().login();
        return rules.refusal(login, mailbox)
            .map(refusal -> (Step) new Answer(asked.state(), refusal))
            .orElseGet(() -> accepted(asked, mailbox, mailbox.toString()));
    }

    // An address literal names a host and no domain of ours, even when the host is this one: there are no accounts under it.
    private Standing standing(Mailbox mailbox) throws BackendUnavailableException {
        return mailbox.host() instanceof AddressLiteral ? new Standing.NotOurs() : directory.standing(mailbox);
    }

    private static Step accepted(AskRecipient asked, Mailbox mailbox, String original) {
        return new Answer(asked.state().with(new AcceptedRecipient(mailbox.toString(), original, asked.rcpt().dsn())), Replies.RECIPIENT_OK);
    }
}
