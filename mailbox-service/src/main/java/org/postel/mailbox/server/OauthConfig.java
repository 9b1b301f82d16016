package org.postel.mailbox.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.postel.mailbox.identity.KeySource;
import org.postel.mailbox.identity.OauthSettings;
import org.postel.mailbox.openid.OpenidSettings;

/** The issuer that knows our users: its access tokens log them in with OAUTHBEARER (RFC 7628) and XOAUTH2, and they sign in to the pages with it. */
@ConfigMapping(prefix = "postel.mailbox.oauth")
public interface OauthConfig {

    /** The issuer that tokens must name; not set: no token logs anybody in, and neither mechanism is offered. */
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

    /** The claim with the address of the account, one that users cannot set themselves; of email, one that the issuer says it has not verified is refused, and for the pages it must say that it has. */
    @WithDefault("email")
    String accountClaim();

    /** The URL where the issuer describes itself, told to a client whose token is not good, and asked by the pages where browsers sign in. */
    Optional<String> openidConfiguration();

    /** Signing in to the pages with the issuer. */
    SignIn signIn();

    /** Signing in to the pages with the issuer (OpenID Connect Core 1.0 §3.1). */
    interface SignIn {

        /** Who we are at the issuer; not set: the pages know passwords only. */
        Optional<String> clientId();

        /** A file whose first line is the client's secret, read at each sign-in; not set: we are a public client, whom PKCE alone protects. */
        Optional<Path> clientSecretFile();

        /** Where the issuer sends browsers back, as it is registered there: /sign-in/issuer/answer of the web port, by the name that browsers use. */
        Optional<URI> redirectUri();

        /** What the button on the page calls the issuer; not set: its host. */
        Optional<String> name();
    }

    /** As the identity package takes it; empty where no issuer is set, or one for the pages only. */
    default Optional<OauthSettings> settings() {
        boolean pagesOnly = signIn().clientId().isPresent() && audience().isEmpty() && scopes().isEmpty();
        return issuer().filter(_ -> !pagesOnly).map(name -> new OauthSettings(keys(), name, needed("audience", audience()), needed("scopes", scopes()), accountClaim(), openidConfiguration()));
    }

    /** As the pages take it; empty where nobody signs in with an issuer. */
    default Optional<OpenidSettings> pages() {
        return signIn().clientId().map(client -> {
            String name = issuer().orElseThrow(() -> new IllegalArgumentException("postel.mailbox.oauth.sign-in.client-id is set, so postel.mailbox.oauth.issuer must be too"));
            URI description = URI.create(needed("openid-configuration", openidConfiguration()));
            return new OpenidSettings(name, keys(), description, client, signIn().clientSecretFile(), needed("sign-in.redirect-uri", signIn().redirectUri()),
                    accountClaim(), signIn().name().orElseGet(description::getHost));
        });
    }

    private KeySource keys() {
        return new KeySource(needed("jwks", jwks()), jwksRefresh(), Duration.ofSeconds(30), Optional.empty(), jwksCaFile());
    }

    private static <T> T needed(String property, Optional<T> value) {
        return value.orElseThrow(() -> new IllegalArgumentException(
                "postel.mailbox.oauth.issuer is set, so postel.mailbox.oauth." + property + " must be too"));
    }
}
