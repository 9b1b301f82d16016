package org.postel.mailbox.authority;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryFixture;
import org.postel.mailbox.directory.DirectoryInMemory;
import org.postel.mailbox.identity.ApiTokenTexts;

/** Roles and tokens over a directory in memory. */
public final class AuthorityFixture {

    public final DirectoryInMemory store = new DirectoryInMemory();
    public final DirectoryFixture directory = new DirectoryFixture(store, Optional.empty());
    public final TokensInMemory kept = new TokensInMemory();
    public final Administrators administrators = new Administrators(store::account, new RolesInMemory());
    public final ApiTokens tokens;

    /** @param age how long a token may outlive a change */
    public AuthorityFixture(Duration age, Clock clock) {
        tokens = new ApiTokens(kept, new ApiTokenTexts(() -> new SecretKeySpec(new byte[32], "HmacSHA256"), clock), administrators, age, clock);
    }

    /** An account with a role. */
    public UUID administrator(String address, Role role) throws DirectoryException {
        UUID id = directory.administration.addAccount(address, "secret").id();
        administrators.appoint(id, Optional.of(role));
        return id;
    }

    /** The text of an operator's token for some domains, or for all when there are none. */
    public String token(Set<Scope> scopes, String... domains) throws DirectoryException {
        return tokens.make(Authority.operator("test"), new ApiTokens.Wish("test", scopes,
                domains.length == 0 ? Optional.empty() : Optional.of(Set.of(domains)), Optional.empty(), 1)).text();
    }
}
