package org.postel.imap.command;

import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.imap.session.Condstore;
import org.postel.imap.session.ExtensionRules;
import org.postel.imap.session.Legality;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.LiteralHeader;
import org.postel.mailbox.api.MailboxServiceException;

/** Every verb, and the way to it. One for all connections of the process. */
public final class Commands {

    private static final Logger LOG = Logger.getLogger(Commands.class);

    private final Logins logins;
    private final CapabilityCommand capability;
    private final LoginCommand login;
    private final AuthenticateCommand authenticate;
    private final AppendCommand append;
    private final SelectCommand select;

    public Commands(Accounts accounts, News news, SharedMemory memory) {
        logins = new Logins(accounts, news);
        capability = new CapabilityCommand(logins);
        login = new LoginCommand(logins);
        authenticate = new AuthenticateCommand(logins);
        append = new AppendCommand(memory.appended());
        select = new SelectCommand(memory.left());
    }

    /** What is offered to this client now, for the greeting. */
    public String capabilities(Conversation conversation) {
        return logins.capabilities(conversation);
    }

    /** Runs a command but APPEND and REPLACE, whose messages are still on its way. */
    public Step run(Conversation conversation, ImapCommand command) throws IOException {
        conversation.lastAppend().forget();
        Optional<Completion> refusal = Legality.refusal(conversation.state(), command)
                .or(() -> ExtensionRules.refusal(conversation.enabled(), command));
        if (refusal.isPresent()) {
            return new Step(conversation.state(), refusal.get());
        }
        try {
            EnableCommand.condstore(conversation, command);
            if (conversation.owesOwnWrite() && readsView(command) || Condstore.asksWhatChanged(command)) {
                CatchUp.read(conversation);
                Reporting.arrivals(conversation, command);
            }
            Step step = dispatch(conversation, command);
            conversation.enter(step.next());
            Reporting.after(conversation, command);
            return step;
        } catch (Refused e) {
            return new Step(conversation.state(), e.reply());
        } catch (MailboxServiceException e) {
            log(command, e);
            return new Step(conversation.state(), Replies.of(e));
        }
    }

    /** These take the client's numbers and UIDs for messages, or answer from flags. */
    private static boolean readsView(ImapCommand command) {
        return command instanceof ImapCommand.Fetch || command instanceof ImapCommand.Store
                || command instanceof ImapCommand.Finding || command instanceof ImapCommand.Copy
                || command instanceof ImapCommand.Move || command instanceof ImapCommand.Expunge;
    }

    private static void log(ImapCommand command, MailboxServiceException e) {
        Logger.Level level = switch (e.reason()) {
            case NOT_FOUND, ALREADY_EXISTS, INVALID_ARGUMENT, FAILED_PRECONDITION, RESOURCE_EXHAUSTED, OVER_QUOTA -> Logger.Level.DEBUG;
            case ABORTED, UNAVAILABLE, UNAUTHENTICATED, PERMISSION_DENIED, INTERNAL -> Logger.Level.INFO;
        };
        LOG.logf(level, "%s failed: %s", command.verb(), e.getMessage());
    }

    /**
     * Runs an APPEND or a REPLACE: see {@link AppendCommand}.
     *
     * @param announced the literal that the line ends with
     */
    public Step append(Conversation conversation, ImapCommand command, Optional<LiteralHeader> announced) throws IOException {
        Step step = switch (command) {
            case ImapCommand.Append it -> append.run(conversation, it, announced);
            case ImapCommand.Replace it -> ReplaceCommand.run(conversation, it, announced);
            default -> throw new IllegalArgumentException(command.verb() + " brings no message");
        };
        conversation.wantNewest();
        try {
            // Own writes: a message appended to the selected mailbox is told of before the reply.
            CatchUp.read(conversation);
            Reporting.after(conversation, command);
            if (command instanceof ImapCommand.Replace && step.reply().status() == Completion.Status.OK) {
                step = new Step(step.next(), Resync.reached(conversation, step.reply().text()));
            }
        } catch (MailboxServiceException e) {
            LOG.debugf("what APPEND led to is told later: %s", e.getMessage());
            if (step.reply().status() == Completion.Status.OK) {
                conversation.oweOwnWrite();
            }
        }
        return step;
    }

    private Step dispatch(Conversation conversation, ImapCommand command) throws IOException, Refused {
        return switch (command) {
            case ImapCommand.Capability _ -> capability.run(conversation);
            case ImapCommand.Noop _ -> NoopCommand.run(conversation);
            case ImapCommand.Logout _ -> LogoutCommand.run(conversation);
            case ImapCommand.Id _ -> IdCommand.run(conversation);
            case ImapCommand.StartTls _ -> StartTlsCommand.run(conversation);
            case ImapCommand.Authenticate it -> authenticate.run(conversation, it);
            case ImapCommand.Login it -> login.run(conversation, it);
            case ImapCommand.Select it -> select.run(conversation, it, false);
            case ImapCommand.Examine it -> select.run(conversation, new ImapCommand.Select(it.mailbox(), it.written(), it.condstore(), it.resync()), true);
            case ImapCommand.Notify it -> NotifyCommand.run(conversation, it);
            case ImapCommand.Unauthenticate _ -> UnauthenticateCommand.run(conversation);
            case ImapCommand.Compress it -> CompressCommand.run(conversation, it);
            case ImapCommand.Enable it -> EnableCommand.run(conversation, it);
            case ImapCommand.Create it -> CreateCommand.run(conversation, it);
            case ImapCommand.Delete it -> DeleteCommand.run(conversation, it);
            case ImapCommand.Rename it -> RenameCommand.run(conversation, it);
            case ImapCommand.Subscribe it -> SubscribeCommand.run(conversation, it.mailbox(), true);
            case ImapCommand.Unsubscribe it -> SubscribeCommand.run(conversation, it.mailbox(), false);
            case ImapCommand.List it -> ListCommand.run(conversation, it);
            case ImapCommand.Lsub it -> LsubCommand.run(conversation, it);
            case ImapCommand.Namespace _ -> NamespaceCommand.run(conversation);
            case ImapCommand.Status it -> StatusCommand.run(conversation, it);
            case ImapCommand.Acl it -> AclCommands.run(conversation, it.command());
            case ImapCommand.Metadata it -> MetadataCommands.run(conversation, it.command());
            case ImapCommand.Quota it -> QuotaCommands.run(conversation, it.command());
            case ImapCommand.Append _, ImapCommand.Replace _ -> throw new IllegalStateException("a message without its octets");
            case ImapCommand.Idle _ -> IdleCommand.run(conversation);
            case ImapCommand.Check _ -> NoopCommand.run(conversation);
            case ImapCommand.Close _ -> CloseCommand.run(conversation);
            case ImapCommand.Unselect _ -> UnselectCommand.run(conversation);
            case ImapCommand.Expunge it -> ExpungeCommand.run(conversation, it);
            case ImapCommand.Search it -> SearchCommand.run(conversation, it);
            case ImapCommand.Sort it -> SortCommand.run(conversation, it);
            case ImapCommand.Thread it -> ThreadCommand.run(conversation, it);
            case ImapCommand.Esearch it -> EsearchCommand.run(conversation, it);
            case ImapCommand.CancelUpdate it -> CancelUpdateCommand.run(conversation, it);
            case ImapCommand.Fetch it -> new FetchCommand(conversation, it).run();
            case ImapCommand.Store it -> StoreCommand.run(conversation, it);
            case ImapCommand.Copy it -> CopyCommand.run(conversation, it);
            case ImapCommand.Move it -> MoveCommand.run(conversation, it);
        };
    }
}
