package org.postel.mailbox.page;

import java.util.Optional;
import org.postel.mailbox.directory.Authentication.Outcome;
import org.postel.mailbox.seen.SeenLogin.Result;
import org.postel.mailbox.seen.SeenLogins;
import org.postel.mailbox.seen.Service;
import org.postel.mailbox.signin.Client;

/** Notes who signed in to the pages, or tried, among the log-ins that the account's owner sees. */
final class SignInNotes {

    private final SeenLogins seen;

    SignInNotes(SeenLogins seen) {
        this.seen = seen;
    }

    /**
     * One sign-in is over.
     *
     * @param name      that was given; nobody's is noted nowhere
     * @param mechanism {@code password} or {@code openid}
     */
    void ended(Outcome outcome, String name, String mechanism, Client client) {
        Optional<Outcome.Granted> granted = outcome instanceof Outcome.Granted in ? Optional.of(in) : Optional.empty();
        seen.login(new SeenLogins.Attempt(granted.map(in -> in.account().id()), name, Service.PAGES, mechanism, client.address(), client.agent(), Optional.empty(),
                result(outcome)));
    }

    private static Result result(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Granted _ -> Result.GRANTED;
            case Outcome.Wrong _ -> Result.WRONG;
            case Outcome.Disabled _ -> Result.SWITCHED_OFF;
            case Outcome.Limited _ -> Result.TOO_MANY;
        };
    }
}
