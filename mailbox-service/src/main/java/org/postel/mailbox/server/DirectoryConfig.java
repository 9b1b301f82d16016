package org.postel.mailbox.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import org.postel.mailbox.directory.DirectorySettings;

/** How addresses are looked up. */
@ConfigMapping(prefix = "postel.mailbox.directory")
public interface DirectoryConfig {

    /** Between user and detail in a local part (RFC 5233); {@code none} switches subaddressing off. */
    @WithDefault("+")
    String separator();

    /** Where the mail for every domain's postmaster goes; when not set, to the first account of the domain. */
    Optional<String> postmaster();

    /** How long an answer about an address may be old. */
    @WithDefault("5s")
    Duration remembered();

    /**
     * Whether mail that an alias sends to another domain goes on with a sender of the alias's domain (SRS), so that it passes SPF there;
     * notices about it come back to its sender.
     */
    @WithDefault("true")
    boolean rewriteSenders();

    /** How long an account that was deleted can be restored, before it and its mail are removed; 0: it is removed at once. */
    @WithDefault("30d")
    Duration deletionGrace();

    /** As the directory takes it. */
    default DirectorySettings settings(String hostname) {
        return new DirectorySettings(separator().equals("none") ? "" : separator(), postmaster(), hostname, remembered(), rewriteSenders());
    }
}
