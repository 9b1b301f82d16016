package org.postel.mailbox.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.postel.mailbox.identity.IdentitySettings;

/** Whose tokens are accepted. */
@ConfigMapping(prefix = "postel.mailbox.identity")
public interface IdentityConfig {

    /** The keys that sign service tokens: a JWKS file (RFC 7517), or the http(s) URL of one. */
    @WithDefault(".postel/keys/jwks.json")
    String jwks();

    /** How old the keys may grow before they are read again; an unknown key is looked for at once. */
    @WithDefault("5m")
    Duration jwksRefresh();

    /** A file with a bearer token to show when the keys are fetched from a URL. */
    Optional<Path> jwksTokenFile();

    /** PEM certificates that the server of the URL may be signed by, instead of those that the JDK trusts. */
    Optional<Path> jwksCaFile();

    /** The issuer that service tokens must name. */
    @WithDefault("postel-local")
    String issuer();

    /** The audience that service tokens must name. */
    @WithDefault("mailbox-service")
    String audience();

    /** What stands before the service's name in a token's subject, such as {@code system:serviceaccount:postel:}. */
    Optional<String> subjectPrefix();

    /** The audience that tokens of the admin API must name. */
    @WithDefault("admin")
    String adminAudience();

    /** The subjects, whole, that may use the admin API. */
    @WithDefault("launcher")
    Set<String> adminSubjects();

    /** How long a session token lives; gateways renew it. At least a minute. */
    @WithDefault("1h")
    Duration sessionTtl();

    /** How long a session may outlive a change of the password, of a protocol switch or of the account; 0: not at all, at the cost of a read for each call. */
    @WithDefault("1s")
    Duration sessionCheck();

    /** As the identity package takes it. */
    default IdentitySettings settings() {
        return new IdentitySettings(jwks(), jwksRefresh(), jwksTokenFile(), jwksCaFile(), issuer(), audience(), subjectPrefix().orElse(""));
    }
}
