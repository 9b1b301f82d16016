package org.postel.imap.session;

import java.util.Optional;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;

/** Which command may come in which state: RFC 3501 §6. */
public final class Legality {

    private static final Completion LOG_IN = Completion.bad("Log in first");
    private static final Completion LOGGED_IN = Completion.bad("Already logged in");
    private static final Completion SELECT = Completion.bad("Select a mailbox first");
    private static final Completion READ_ONLY = Completion.no("READ-ONLY", "The mailbox is open read-only");

    private Legality() {
    }

    /** The refusal, if it may not come now. */
    public static Optional<Completion> refusal(SessionState state, ImapCommand command) {
        return switch (command) {
            case ImapCommand.Capability _, ImapCommand.Noop _, ImapCommand.Logout _, ImapCommand.Id _ -> Optional.empty();
            case ImapCommand.StartTls _, ImapCommand.Authenticate _, ImapCommand.Login _ -> beforeLogin(state);
            case ImapCommand.Select _, ImapCommand.Examine _, ImapCommand.Create _, ImapCommand.Delete _,
                    ImapCommand.Enable _, ImapCommand.Rename _, ImapCommand.Subscribe _, ImapCommand.Unsubscribe _,
                    ImapCommand.List _, ImapCommand.Lsub _, ImapCommand.Namespace _, ImapCommand.Status _, ImapCommand.Append _,
                    ImapCommand.Idle _, ImapCommand.Quota _, ImapCommand.Metadata _, ImapCommand.Compress _, ImapCommand.Unauthenticate _, ImapCommand.Notify _, ImapCommand.Acl _ -> afterLogin(state);
            case ImapCommand.Esearch search -> search.needsSelected() ? selected(state) : afterLogin(state);
            case ImapCommand.Check _, ImapCommand.Close _, ImapCommand.Unselect _, ImapCommand.Finding _, ImapCommand.CancelUpdate _,
                    ImapCommand.Fetch _, ImapCommand.Copy _ -> selected(state);
            case ImapCommand.Expunge _, ImapCommand.Store _, ImapCommand.Move _, ImapCommand.Replace _ -> writable(state);
        };
    }

    private static Optional<Completion> beforeLogin(SessionState state) {
        return switch (state) {
            case SessionState.NotAuthenticated _ -> Optional.empty();
            case SessionState.Authenticated _, SessionState.Selected _, SessionState.Logout _ -> Optional.of(LOGGED_IN);
        };
    }

    private static Optional<Completion> afterLogin(SessionState state) {
        return switch (state) {
            case SessionState.NotAuthenticated _, SessionState.Logout _ -> Optional.of(LOG_IN);
            case SessionState.Authenticated _, SessionState.Selected _ -> Optional.empty();
        };
    }

    private static Optional<Completion> selected(SessionState state) {
        return switch (state) {
            case SessionState.NotAuthenticated _, SessionState.Logout _ -> Optional.of(LOG_IN);
            case SessionState.Authenticated _ -> Optional.of(SELECT);
            case SessionState.Selected _ -> Optional.empty();
        };
    }

    private static Optional<Completion> writable(SessionState state) {
        return state instanceof SessionState.Selected selected && selected.readOnly() ? Optional.of(READ_ONLY) : selected(state);
    }
}
