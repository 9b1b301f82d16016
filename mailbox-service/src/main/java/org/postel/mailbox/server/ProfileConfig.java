package org.postel.mailbox.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.postel.mailbox.password.FailureLimitSettings;
import org.postel.mailbox.web.LimitedProfiles;
import org.postel.mailbox.web.ProfileSignature;

/** Configuration profiles for Apple's devices, served at /mail/apple.mobileconfig, and the document of PACC. */
@ConfigMapping(prefix = "postel.mailbox.profile")
public interface ProfileConfig {

    /** PEM file of the certificate that signs them, its issuers behind it: that of the mail servers does; read each time. Not set: they are not signed. */
    Optional<Path> certificate();

    /** PEM file of its private key. */
    Optional<Path> key();

    /** Whether the document of draft-ietf-mailmaint-pacc is served at /.well-known/user-agent-configuration.json of ua-auto-config.DOMAIN. */
    @WithDefault("false")
    boolean pacc();

    /** How many of them one client (of IPv6 its /64) may ask for in a row, and one account's owner, on each instance: each costs a signature. */
    @WithDefault("20")
    int burst();

    /** After how long it may ask for one more. */
    @WithDefault("30s")
    Duration refill();

    /** How often they are signed. */
    default LimitedProfiles limited() {
        return new LimitedProfiles(signature(), new FailureLimitSettings(burst(), refill()), System::nanoTime);
    }

    /** What signs them. */
    default ProfileSignature signature() {
        if (certificate().isPresent() != key().isPresent()) {
            throw new IllegalArgumentException("postel.mailbox.profile.certificate and postel.mailbox.profile.key are set together");
        }
        return certificate().map(file -> ProfileSignature.with(file, key().orElseThrow())).orElseGet(ProfileSignature::none);
    }
}
