package org.postel.mailbox.directory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postel.mailbox.directory.Authentication.Outcome;
import org.postel.mailbox.openid.Answered;
import org.postel.mailbox.openid.BegunSignIn;
import org.postel.mailbox.openid.Issuer;

/** Decides who may sign in to the pages because an issuer says who that is: the account that has the very address which it names. */
public final class IssuerSignIns {

    private final AddressBook addresses;
    private final Issuer issuer;
    private final LoginLimits limits;

    public IssuerSignIns(AddressBook addresses, Issuer issuer, LoginLimits limits) {
        this.addresses = addresses;
        this.issuer = issuer;
        this.limits = limits;
    }

    /**
     * How it went.
     *
     * @param said what the issuer said; empty: it was not asked
     */
    public record Ended(Outcome outcome, Optional<Answered> said) {}

    /** Who says who that is. */
    public Issuer issuer() {
        return issuer;
    }

    /**
     * Ends a sign-in; one that opens nothing counts against the client's address, since each may cost the issuer a call.
     *
     * @param answer what the browser comes back with
     * @throws org.postel.mailbox.openid.IssuerUnavailableException when the issuer does not answer, which counts for nothing
     */
    public Ended signIn(BegunSignIn begun, Map<String, List<String>> answer, String clientAddress) {
        Answered[] said = new Answered[1];
        Outcome outcome = limits.within(Optional.empty(), clientAddress, () -> {
            said[0] = issuer.answered(begun, answer);
            return said[0] instanceof Answered.Named(String account) ? opened(account) : new Outcome.Wrong();
        });
        return new Ended(outcome, Optional.ofNullable(said[0]));
    }

    private Outcome opened(String named) {
        return addresses.login(LoginName.of(named)).filter(account -> account.is(named))
                .map(account -> account.active() ? new Outcome.Granted(account, Optional.empty()) : new Outcome.Disabled())
                .orElseGet(Outcome.Wrong::new);
    }
}
