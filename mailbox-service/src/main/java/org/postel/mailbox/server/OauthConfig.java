package org.postel.mailbox.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.postel.mailbox.identity.KeySource;
import org.postel.mailbox.identity.OauthSettings;

/** Whose access tokens log users in, with OAUTHBEARER (RFC 7628) and XOAUTH2. */
@ConfigMapping(prefix = "postel.mailbox.oauth")
public interface OauthConfig {

    /** The issuer that access tokens must name; not set: no token logs anybody in, and neither mechanism is offered. */
    Optional<String> issuer();

    /** The keys that sign them: a JWKS file (RFC 7517), or the http(s) URL of one. */
    Optional<String> jwks();

    /** How old the keys may grow before they are read again; an unknown key is looked for every 30 seconds at most. */
    @WithDefault("5m")
    Duration jwksRefresh();

    /** PEM certificates that the server of the URL may be signed by, instead of those that the JDK trusts. */
    Optional<Path> jwksCaFile();

    /** The audience that access tokens must name: this platform, as the issuer knows it. */
    Optional<String> audience();

    /** The scopes that an access token must have, all of them. */
    Optional<Set<String>> scopes();

    /** The claim with the address of the account; of email, one that the issuer says it has not verified is refused. */
    @WithDefault("email")
    String accountClaim();

    /** The URL where the issuer describes itself, told to a client whose token is not good. */
    Optional<String> openidConfiguration();

    /** As the identity package takes it; empty where no issuer is set. */
    default Optional<OauthSettings> settings() {
        return issuer().map(name -> new OauthSettings(
                new KeySource(needed("jwks", jwks()), jwksRefresh(), Duration.ofSeconds(30), Optional.empty(), jwksCaFile()),
                name, needed("audience", audience()), needed("scopes", scopes()), accountClaim(), openidConfiguration()));
    }

    private static <T> T needed(String property, Optional<T> value) {
        return value.orElseThrow(() -> new IllegalArgumentException(
                "postel.mailbox.oauth.issuer is set, so postel.mailbox.oauth." + property + " must be too"));
    }
}
